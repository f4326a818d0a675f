package org.sealkeeper.cli;

import java.net.URI;
import java.util.Set;

/** Where a log is served. Also without TLS: any web server may serve a copy, which is believed for its signatures. */
record LogUrl(URI uri) {
    /** @throws IllegalArgumentException if it is no https or http URL */
    static LogUrl parse(String text) {
        return new LogUrl(WebAddress.parse(
                text,
                Set.of("https", "http"),
                "the https or http URL below which a log is, such as https://host:8443/v1/audit/"));
    }
}
