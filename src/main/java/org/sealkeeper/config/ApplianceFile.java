package org.sealkeeper.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sealkeeper.kernel.TokenLabel;

/**
 * The operator's one file about one appliance, {@code appliance.yaml}: where it listens, whom it trusts, its tokens, its
 * store, its chains and its audit log. Paths are relative to the folder of the file.
 *
 * @param tokens one or more, each with another label
 * @param chains the file that declares the chains
 * @param audit the file about the audit log
 * @param policy the file that says which caller may do what
 * @param issuers the file that says whose bearer tokens are believed
 * @param store where what was signed is kept
 * @param alerts who is told at once of what must not wait for a review
 * @param keys the file that declares keys, for what is shown of their cryptoperiods; empty where there is no such field
 * @param fhir who is told what the audit log says; empty where there is no such field
 */
public record ApplianceFile(
        Listener api,
        Listener management,
        Tls tls,
        Limits limits,
        List<Token> tokens,
        StoreLocation store,
        Path chains,
        Path audit,
        Path policy,
        Alerts alerts,
        Path issuers,
        Optional<Path> keys,
        Optional<FhirServer> fhir) {

    /** An address to listen on. */
    public record Listener(String host, int port) {}

    /**
     * The appliance's own certificate chain and key, the authorities whose client certificates it accepts, and what they have
     * revoked; PEM or DER.
     *
     * @param revocations a current revocation list of every authority; empty where the operator wrote that there are none
     */
    public record Tls(Path certificate, Path key, Path clientAuthorities, Optional<Path> revocations) {
        private static final String NONE = "none";

        static Tls of(Section section) {
            Optional<Path> revocations = section.text("revocations").equals(NONE)
                    ? Optional.empty()
                    : Optional.of(section.path("revocations"));
            var tls = new Tls(
                    section.path("certificate"), section.path("key"), section.path("clientAuthorities"), revocations);
            section.finish();
            return tls;
        }

        /**
         * Refuses files that are not there; for the service alone, since commands need none of them.
         *
         * @throws ConfigurationFault naming the first that cannot be read
         */
        public void requireFiles() {
            Stream.concat(Stream.of(certificate, key, clientAuthorities), revocations.stream())
                    .map(FileContent::read)
                    .forEach(FileContent::require);
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
     * What one caller may ask of the API; a batch is one request.
     *
     * @param requestsPerSecond in the long run
     * @param burst how many may come at once after a quiet time
     * @param concurrentRequests how many may wait for their answers at a time
     */
    public record Limits(int requestsPerSecond, int burst, int concurrentRequests) {
        private static final int MOST = 1_000_000;

        static Limits of(Section section) {
            var limits = new Limits(
                    (int) section.integer("requestsPerSecond", 1, MOST), (int) section.integer("burst", 1, MOST), (int)
                            section.integer("concurrentRequests", 1, MOST));
            section.finish();
            return limits;
        }
    }

    /**
     * A token: what kind it is, which one, and the file that holds its user PIN.
     *
     * @param profile a {@code profile.yaml}
     */
    public record Token(Path profile, TokenLabel label, Path userPin) {}

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
                Tls.of(root.section("tls")),
                Limits.of(root.section("limits")),
                tokens(root),
                root.value("store", text -> StoreLocation.parse(text, folder(file))),
                root.path("chains"),
                root.path("audit"),
                root.path("policy"),
                alerts(root.section("alerts")),
                root.path("issuers"),
                root.has("keys") ? Optional.of(root.path("keys")) : Optional.empty(),
                root.has("fhir") ? Optional.of(FhirServer.of(root.section("fhir"))) : Optional.empty());
        root.finish();
        return settings;
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "expected a file");
    }

    /** The labels of its tokens, in their order. */
    public List<TokenLabel> tokenLabels() {
        return tokens.stream().map(Token::label).toList();
    }

    private static Listener listener(Section section) {
        var listener = new Listener(section.text("host"), (int) section.integer("port", 1, 65_535));
        section.finish();
        return listener;
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

    private static List<Token> tokens(Section root) {
        if (root.names().contains("token")) {
            throw root.fault("token", "there may be several: write 'tokens: [{profile: …, label: …, userPin: …}]'");
        }
        List<Token> tokens = new ArrayList<>();
        Set<TokenLabel> labels = new HashSet<>();
        for (Section section : root.sections("tokens")) {
            var token = new Token(
                    section.path("profile"), section.value("label", TokenLabel::new), section.path("userPin"));
            if (!labels.add(token.label())) {
                throw section.fault("label", "token '" + token.label() + "' is declared twice");
            }
            section.finish();
            tokens.add(token);
        }
        if (tokens.isEmpty()) {
            throw root.fault("tokens", "expected at least one token");
        }
        return List.copyOf(tokens);
    }
}
