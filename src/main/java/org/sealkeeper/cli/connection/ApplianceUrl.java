package org.sealkeeper.cli.connection;

import java.net.URI;
import java.util.Set;
import org.sealkeeper.cli.console.WebAddress;

/** Where an appliance's API is; it speaks TLS alone. */
public record ApplianceUrl(URI uri) {
    /**
     * Reads an address of the command line.
     *
     * @throws IllegalArgumentException if it is no https URL
     */
    public static ApplianceUrl parse(String text) {
        return new ApplianceUrl(
                WebAddress.parse(text, Set.of("https"), "the https URL of an appliance, such as https://host:8443"));
    }
}
