package org.sealkeeper.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The operator's one file about one appliance, {@code appliance.yaml}: where it listens, whom it trusts, its token, its
 * store, its chains and its audit log. Paths are relative to the folder of the file.
 *
 * @param chains the file that declares the chains
 * @param audit the file about the audit log
 * @param policy the file that says who may do what
 * @param issuers the file that says whose bearer tokens are believed
 * @param store the SQLite file
 * @param alerts who is told at once of what must not wait for a review
 */
public record ApplianceFile(
        Listener api,
        Listener management,
        Tls tls,
        Token token,
        Path store,
        Path chains,
        Path audit,
        Path policy,
        Alerts alerts,
        Path issuers) {

    /** An address to listen on. */
    public record Listener(String host, int port) {}

    /**
     * The appliance's own certificate chain and key, and the authorities whose client certificates it accepts; all PEM.
     */
    public record Tls(Path certificate, Path key, Path clientAuthorities) {

        /**
         * Refuses files that are not there; for the service alone, since commands need none of them.
         *
         * @throws ConfigurationFault naming the first that cannot be read
         */
        public void requireFiles() {
            for (Path file : List.of(certificate, key, clientAuthorities)) {
                if (!Files.isReadable(file)) {
                    throw new ConfigurationFault(file
                            + ": expected a PEM file that can be read, as 'tls' in appliance.yaml says, found none");
                }
            }
        }
    }

    /**
     * Who is told at once.
     *
     * @param webhook an https address that is told of every emergency access; empty for {@code none}: the log and the metrics
     *     tell of them anyway
     */
    public record Alerts(Optional<URI> webhook) {}

    /**
     * The token: what kind it is, which one, and the file that holds its user PIN.
     *
     * @param profile a {@code profile.yaml}
     * @param label CKA-style token label, as {@code C_GetTokenInfo} gives it without padding
     */
    public record Token(Path profile, String label, Path userPin) {}

    /**
     * Reads and checks the file whole.
     *
     * @throws ConfigurationFault naming the file and line of whatever is missing, unknown or malformed
     */
    public static ApplianceFile read(Path file) {
        Section root = ConfigFile.read(file);
        var settings = new ApplianceFile(
                listener(root.section("api")),
                listener(root.section("management")),
                tls(root.section("tls")),
                token(root.section("token")),
                root.path("store"),
                root.path("chains"),
                root.path("audit"),
                root.path("policy"),
                alerts(root.section("alerts")),
                root.path("issuers"));
        root.finish();
        return settings;
    }

    private static Listener listener(Section section) {
        var listener = new Listener(section.text("host"), (int) section.integer("port", 1, 65_535));
        section.finish();
        return listener;
    }

    private static Tls tls(Section section) {
        var tls = new Tls(section.path("certificate"), section.path("key"), section.path("clientAuthorities"));
        section.finish();
        return tls;
    }

    private static Alerts alerts(Section section) {
        var alerts = new Alerts(section.value("webhook", ApplianceFile::webhook));
        section.finish();
        return alerts;
    }

    private static Optional<URI> webhook(String text) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        URI address = URI.create(text);
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("expected an https address, or 'none'");
        }
        return Optional.of(address);
    }

    private static Token token(Section section) {
        var token = new Token(section.path("profile"), section.text("label"), section.path("userPin"));
        section.finish();
        return token;
    }
}
