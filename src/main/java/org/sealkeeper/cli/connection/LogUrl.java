package org.sealkeeper.cli.connection;

import java.net.URI;
import java.util.Set;
import org.sealkeeper.cli.console.WebAddress;

/** Where a log is served. Also without TLS: any web server may serve a copy, which is believed for its signatures. */
public record LogUrl(URI uri) {
    /**
     * Reads an address of the command line.
     *
     * @throws IllegalArgumentException if it is no https or http URL
     */
    public static LogUrl parse(String text) {
        return new LogUrl(WebAddress.parse(
                text,
                Set.of("https", "http"),
                "the https or http URL below which a log is, such as https://host:8443/v1/audit/"));
    }
}
