package org.sealkeeper.http.listener;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.http.connection.ConnectionBounds;

/**
 * Turns the operator's listeners into the framework's own settings. What never varies stands in application.properties; the TLS
 * files are read by {@link ListenerTls}.
 */
public final class ListenerSettings {
    private ListenerSettings() {}

    /** System properties to set before the framework starts; it reads them when it opens its listeners. */
    public static Map<String, String> of(ApplianceFile appliance) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("quarkus.http.host", appliance.api().host());
        settings.put("quarkus.http.ssl-port", Integer.toString(appliance.api().port()));
        settings.put("quarkus.management.host", appliance.management().host());
        settings.put(
                "quarkus.management.port",
                Integer.toString(appliance.management().port()));
        settings.put(ConnectionBounds.LOOKUP_PROPERTY, ConnectionBounds.LOOKUP);
        // The framework answers a malformed URI with an empty 400; left to the front door, it gets a problem.
        settings.put("vertx.disableURIValidation", "true");
        return settings;
    }
}
