package org.sealkeeper.http.listener;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.ApplianceFile;

/**
 * Gives the framework the listeners of {@code appliance.yaml}, as the first of its configuration sources. What never varies stands in
 * application.properties; the TLS files are read by {@link ListenerTls}.
 *
 * <p>The framework makes an instance of its own, as a service: when the appliance starts, and also when the appliance is built and in unit
 * tests. Only inside {@link #during} does it have values (docs/decisions/0022-appliance-yaml-is-a-configuration-source.md).
 */
public final class ListenerSettings implements ConfigSource {
    /** System properties have 400, the environment has 300, and of equal names the highest counts. */
    private static final int ORDINAL = 1_000;

    private static final ScopedValue<ApplianceFile> APPLIANCE = ScopedValue.newInstance();

    private final Map<String, String> values;

    public ListenerSettings() {
        this.values = APPLIANCE.isBound() ? of(APPLIANCE.get()) : Map.of();
    }

    /** Runs the framework with the listeners of this appliance. It must read its configuration in the thread that calls this. */
    public static void during(ApplianceFile appliance, Runnable framework) {
        ScopedValue.where(APPLIANCE, appliance).run(framework);
    }

    /** The framework's names and values of these listeners. */
    public static Map<String, String> of(ApplianceFile appliance) {
        return Map.of(
                "quarkus.http.host",
                appliance.api().host(),
                "quarkus.http.ssl-port",
                Integer.toString(appliance.api().port()),
                "quarkus.management.host",
                appliance.management().host(),
                "quarkus.management.port",
                Integer.toString(appliance.management().port()));
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public String getName() {
        return "appliance.yaml";
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public @Nullable String getValue(String name) {
        return values.get(name);
    }
}
