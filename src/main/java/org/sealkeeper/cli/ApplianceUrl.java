package org.sealkeeper.cli;

import java.net.URI;
import java.util.Set;

/** Where an appliance's API is; it speaks TLS alone. */
record ApplianceUrl(URI uri) {
    /** @throws IllegalArgumentException if it is no https URL */
    static ApplianceUrl parse(String text) {
        return new ApplianceUrl(
                WebAddress.parse(text, Set.of("https"), "the https URL of an appliance, such as https://host:8443"));
    }
}
