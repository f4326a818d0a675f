package org.sealkeeper.issuers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.config.FileContent;
import org.sealkeeper.http.identity.TokenVerifier.Verdict;
import org.sealkeeper.testing.TokenIssuer;

class IssuerKeySetTest {
    private static final ECKey KEY = TokenIssuer.newKey();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kid\":\"other\"}",
                "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"kid\":\"other\",\"pub\":\"AAAA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"other\",\"x\":\"AAAA\"}",
                "{\"kty\":\"oct\",\"kid\":\"other\",\"k\":\"AAAA\"}"
            })
    void aKeyThatIsNotUnderstoodSpoilsNoSet(String other) throws ParseException {
        IssuerKeySet set = IssuerKeySet.parse(set(other));

        assertThat(set.keys().getKeys()).containsExactly(KEY.toPublicJWK());
        assertThat(set.ignored()).containsExactly("other");
        assertThat(set.hasPrivate()).isEqualTo(other.contains("oct"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[\"a\"]}"})
    void whatIsNoSetIsNone(String text) {
        assertThatThrownBy(() -> IssuerKeySet.parse(text)).isInstanceOf(ParseException.class);
    }

    @Test
    void onlyTheRefusalOfATokenThatNamesAnIgnoredKeySaysSo() throws IOException {
        Files.writeString(folder.resolve("keys.json"), "\ufeff" + set("{\"kid\":\"other\"}"));
        var issuers = new TrustedIssuers(
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

        assertThat(verdict(issuers, KEY.getKeyID())).isInstanceOf(Verdict.Good.class);
        assertThat(verdict(issuers, "other"))
                .isEqualTo(new Verdict.Bad(
                        "expected a token signed with a key of its issuer of a type that is known here"));
        assertThat(verdict(issuers, "unknown"))
                .isEqualTo(new Verdict.Bad("expected a token signed with a key of its issuer"));
    }

    private static Verdict verdict(TrustedIssuers issuers, String keyId) {
        Instant now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer("https://idp.example")
                .audience("sealkeeper")
                .subject("robot-7")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
        String token = TokenIssuer.token(TokenIssuer.header(KEY).keyID(keyId), claims, KEY);
        return issuers.verify(token).toCompletableFuture().join();
    }

    private static String set(String other) {
        return "{\"keys\":[" + other + "," + KEY.toPublicJWK().toJSONString() + "]}";
    }
}
