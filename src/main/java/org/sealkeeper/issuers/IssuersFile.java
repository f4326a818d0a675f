package org.sealkeeper.issuers;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.config.FileContent;
import org.sealkeeper.config.Section;

/** The operator's file about the issuers of bearer tokens, {@code issuers.yaml}. With an empty list, no token is accepted. */
public final class IssuersFile {
    /** Where an issuer's metadata is, below its name (OpenID Connect Discovery section 4). */
    public static final String METADATA = "/.well-known/openid-configuration";

    private static final int MAX_SKEW_SECONDS = 120;
    private static final int MAX_LIFETIME_SECONDS = 86_400;
    private static final Set<String> EVERY_TOKEN_HAS = Set.of("iss", "sub", "aud", "exp", "iat", "nbf", "jti");
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.EdDSA);

    private final List<Issuer> issuers;

    private IssuersFile(List<Issuer> issuers) {
        this.issuers = issuers;
    }

    /**
     * Reads and checks the file whole.
     *
     * @throws org.sealkeeper.config.ConfigurationFault naming the file and line of whatever is missing, unknown or malformed
     */
    public static IssuersFile read(FileContent file) {
        Section root = ConfigFile.parse(file.path(), ConfigFile.text(file));
        Set<String> names = new HashSet<>();
        List<Issuer> issuers = root.sections("issuers").stream()
                .map(section -> issuer(section, names))
                .toList();
        root.finish();
        return new IssuersFile(issuers);
    }

    List<Issuer> issuers() {
        return issuers;
    }

    private static Issuer issuer(Section section, Set<String> names) {
        String name = section.text("issuer");
        if (!names.add(name)) {
            throw section.fault("issuer", "issuer '" + name + "' is declared twice");
        }
        List<JWSAlgorithm> algorithms = section.values("algorithms", IssuersFile::algorithm);
        if (algorithms.isEmpty()) {
            throw section.fault("algorithms", "expected at least one algorithm, such as ES256");
        }
        KeySource keys = keys(section, name);
        boolean requiresBinding = section.choice("boundToCertificate", Map.of("required", true, "optional", false));
        var issuer = new Issuer(
                name,
                section.text("audience"),
                accessTokens(section),
                keys,
                Set.copyOf(algorithms),
                Duration.ofSeconds(section.integer("clockSkewSeconds", 0, MAX_SKEW_SECONDS)),
                requiresBinding,
                Duration.ofSeconds(section.integer("maxLifetimeSeconds", 1, MAX_LIFETIME_SECONDS)),
                section.has("console")
                        ? Optional.of(ConsoleSection.read(section, metadata(section), keys, requiresBinding))
                        : Optional.empty());
        section.finish();
        return issuer;
    }

    /** The one field that may be left out: what it then means is the strictest, and the standard. */
    private static AccessTokenMark accessTokens(Section issuer) {
        if (!issuer.has("accessTokens")) {
            return new AccessTokenMark.Type();
        }
        if (!issuer.isSection("accessTokens")) {
            return issuer.choice("accessTokens", Map.of("at+jwt", new AccessTokenMark.Type()));
        }
        Section mark = issuer.section("accessTokens");
        var claim = new AccessTokenMark.Claim(
                mark.value("claim", IssuersFile::distinctive),
                mark.has("value") ? Optional.of(mark.text("value")) : Optional.empty());
        mark.finish();
        return claim;
    }

    /** A claim that every token has does not distinguish one from another. */
    private static String distinctive(String claim) {
        if (EVERY_TOKEN_HAS.contains(claim)) {
            throw new IllegalArgumentException("expected a claim that only access tokens have");
        }
        return claim;
    }

    private static JWSAlgorithm algorithm(String name) {
        return ALGORITHMS.stream()
                .filter(algorithm -> algorithm.getName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("expected ES256, ES384, ES512, PS256, PS384, PS512, RS256,"
                                + " RS384, RS512 or EdDSA: algorithms with which only the issuer can sign"));
    }

    private static KeySource keys(Section section, String issuer) {
        String keys = section.text("keys");
        if (keys.equals("discovery")) {
            return new KeySource.Discovery(metadata(section), authorities(section));
        }
        if (keys.contains("://")) {
            return new KeySource.Url(section.value("keys", IssuersFile::https), authorities(section));
        }
        if (!section.text("authorities").equals("none")) {
            throw section.fault("authorities", "expected 'none': the keys of " + issuer + " are in a file");
        }
        var file = new KeySource.File(section.path("keys"));
        section.value("keys", _ -> PublishedKeys.inFile(file.keys()));
        return file;
    }

    private static URI metadata(Section issuer) {
        return issuer.value("issuer", name -> https(withoutSlash(name) + METADATA));
    }

    private static Path authorities(Section section) {
        Path authorities = section.path("authorities");
        if (!Files.isReadable(authorities)) {
            throw section.fault(
                    "authorities", "expected a PEM file of the authorities of the issuer's server that can be read");
        }
        return authorities;
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Keys fetched without TLS could be those of an attacker. */
    static URI https(String text) {
        URI url = URI.create(text);
        if (!"https".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("expected a URL with https");
        }
        return url;
    }
}
