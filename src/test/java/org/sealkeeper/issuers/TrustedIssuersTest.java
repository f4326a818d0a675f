package org.sealkeeper.issuers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.FileContent;
import org.sealkeeper.http.identity.TokenVerifier.Verdict;
import org.sealkeeper.testing.TokenIssuer;

/** A token has one text: whatever else says the same is none. */
class TrustedIssuersTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final ECKey KEY = TokenIssuer.newKey();

    @TempDir
    Path folder;

    private TrustedIssuers issuers;

    @BeforeEach
    void trust() throws IOException {
        Files.writeString(folder.resolve("keys.json"), new JWKSet(KEY.toPublicJWK()).toString());
        issuers = new TrustedIssuers(
                IssuersFile.read(FileContent.read(Files.writeString(folder.resolve("issuers.yaml"), """
                        issuers:
                          - issuer: https://idp.example
                            audience: sealkeeper
                            keys: keys.json
                            authorities: none
                            algorithms: [ES256]
                            clockSkewSeconds: 30
                            boundToCertificate: optional
                            maxLifetimeSeconds: 900
                        """))),
                _ -> {
                    throw new AssertionError("a file needs no client");
                },
                InstantSource.system());
    }

    /** Header and payload of every length modulo 3, so that each part once ends with bits that count for nothing. */
    @Test
    void everyPartOfATokenIsCanonicalBase64Url() {
        int strayed = 0;
        for (int header = 0; header < 3; header++) {
            for (int payload = 0; payload < 3; payload++) {
                String[] parts = {part(header(header)), part(claims(payload)), ""};
                parts[2] = signature(parts[0], parts[1]);
                assertThat(verdict(parts)).isInstanceOf(Verdict.Good.class);
                for (int at = 0; at < parts.length; at++) {
                    for (String other : otherTexts(parts[at])) {
                        String[] altered = parts.clone();
                        altered[at] = other;
                        if (at < 2) {
                            altered[2] = signature(altered[0], altered[1]);
                        }
                        assertThat(verdict(altered))
                                .as(String.join(".", altered))
                                .isInstanceOf(Verdict.Bad.class);
                        strayed++;
                    }
                }
            }
        }
        assertThat(strayed).isGreaterThan(9 * 3 * 4);
    }

    /** Padded, broken into lines, in the other alphabet, and with other last bits where some are free. */
    private static Iterable<String> otherTexts(String text) {
        int last = text.length() - 1;
        String stray = switch (text.length() % 4) {
            case 0 -> text + " ";
            default -> text.substring(0, last) + ALPHABET.charAt(ALPHABET.indexOf(text.charAt(last)) + 1);
        };
        return java.util.List.of(
                text + "=", text + "==", text + "\n", text.substring(0, 4) + "\n" + text.substring(4), stray);
    }

    private Verdict verdict(String... parts) {
        return issuers.verify(String.join(".", parts)).toCompletableFuture().join();
    }

    private static String header(int spaces) {
        return "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + KEY.getKeyID() + "\"" + " ".repeat(spaces) + "}";
    }

    private static String claims(int spaces) {
        long now = Instant.now().getEpochSecond();
        return "{\"iss\":\"https://idp.example\",\"aud\":\"sealkeeper\",\"sub\":\"robot-7\",\"iat\":" + now
                + ",\"exp\":" + (now + 300) + " ".repeat(spaces) + "}";
    }

    private static String part(String json) {
        return Base64URL.encode(json.getBytes(UTF_8)).toString();
    }

    private static String signature(String header, String payload) {
        try {
            var parsed = new JWSHeader.Builder(JWSAlgorithm.ES256).build();
            return new ECDSASigner(KEY)
                    .sign(parsed, (header + "." + payload).getBytes(UTF_8))
                    .toString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
