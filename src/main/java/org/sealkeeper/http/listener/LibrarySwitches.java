package org.sealkeeper.http.listener;

import java.util.Map;
import org.sealkeeper.http.connection.ConnectionBounds;

/** What the libraries of the listeners read from system properties alone. The same in every appliance. */
public final class LibrarySwitches {
    private LibrarySwitches() {}

    /** System properties to set before a class of Netty or the framework is used: each is read once. */
    public static Map<String, String> all() {
        return Map.of(
                ConnectionBounds.LOOKUP_PROPERTY,
                ConnectionBounds.LOOKUP,
                // The framework answers a malformed URI with an empty 400; left to the front door, it gets a problem.
                "vertx.disableURIValidation",
                "true");
    }
}
