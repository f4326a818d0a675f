package org.sealkeeper.issuers;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.SecretFile;
import org.sealkeeper.config.Section;

/** The section {@code console} of an issuer: people sign in with it to the console. */
final class ConsoleSection {
    private static final List<String> DEFAULT_SCOPES = List.of("openid");
    private static final char DELETE = 0x7f;

    private ConsoleSection() {}

    /** @throws ConfigurationFault naming the file and line of whatever is missing, unknown or malformed */
    static SignInClient read(Section issuer, URI metadata, KeySource keys, boolean requiresBinding) {
        Path authorities = keys.trusted()
                .orElseThrow(() -> issuer.fault(
                        "console",
                        "expected 'keys: discovery' or a URL where people sign in to the console: they do at the issuer's"
                                + " server, whose 'authorities' must be known"));
        if (requiresBinding) {
            throw issuer.fault(
                    "console",
                    "expected 'boundToCertificate: optional' where people sign in to the console: their tokens are bound to"
                            + " no certificate");
        }
        Section section = issuer.section("console");
        var client = new SignInClient(
                section.value("clientId", ConsoleSection::printable),
                String.join(" ", scopes(section)),
                section.has("clientSecretFile") ? Optional.of(secret(section)) : Optional.empty(),
                metadata,
                authorities);
        section.finish();
        return client;
    }

    private static List<String> scopes(Section console) {
        return console.has("scopes") ? console.values("scopes", ConsoleSection::scope) : DEFAULT_SCOPES;
    }

    /** Opened here to complain at once, and again for each sign-in: it is not kept. */
    private static Path secret(Section console) {
        Path file = console.path("clientSecretFile");
        try (var _ = SecretFile.open(file, SecretFile.Kind.PASSWORD)) {
            return file;
        } catch (ConfigurationFault e) {
            throw console.fault("clientSecretFile", String.valueOf(e.getMessage()));
        }
    }

    /** RFC 6749 section 3.3. */
    private static String scope(String text) {
        if (text.contains("\"") || text.contains("\\")) {
            throw new IllegalArgumentException("expected a scope without '\"' and '\\'");
        }
        return printable(text);
    }

    private static String printable(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < DELETE)) {
            throw new IllegalArgumentException("expected printable ASCII without blanks");
        }
        return text;
    }
}
