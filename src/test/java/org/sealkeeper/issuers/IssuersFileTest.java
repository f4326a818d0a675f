package org.sealkeeper.issuers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileContent;
import org.sealkeeper.testing.TokenIssuer;

class IssuersFileTest {
    private static final String GOOD = """
            issuers:
              - issuer: https://idp.example/realms/hospital
                audience: sealkeeper
                keys: discovery
                authorities: ca.pem
                algorithms: [ES256, EdDSA]
                clockSkewSeconds: 30
                boundToCertificate: optional
                maxLifetimeSeconds: 900
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), "");
        Files.writeString(folder.resolve("keys.json"), new JWKSet(TokenIssuer.newKey()).toString());
        Files.writeString(folder.resolve("private.json"), new JWKSet(TokenIssuer.newKey()).toString(false));
    }

    private IssuersFile read(String text) {
        try {
            return IssuersFile.read(FileContent.read(Files.writeString(folder.resolve("issuers.yaml"), text)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anIssuerIsBelievedAsFarAsItsLineGoes() {
        assertThat(read(GOOD).issuers())
                .containsExactly(new Issuer(
                        "https://idp.example/realms/hospital",
                        "sealkeeper",
                        new AccessTokenMark.Type(),
                        new KeySource.Discovery(
                                URI.create("https://idp.example/realms/hospital/.well-known/openid-configuration"),
                                folder.resolve("ca.pem")),
                        Set.of(JWSAlgorithm.ES256, JWSAlgorithm.EdDSA),
                        Duration.ofSeconds(30),
                        false,
                        Duration.ofSeconds(900)));
        assertThat(read("issuers: []").issuers()).isEmpty();
    }

    @Test
    void theShippedFileTrustsNoIssuer() {
        assertThat(IssuersFile.read(FileContent.read(Path.of("hsm-config/issuers.yaml")))
                        .issuers())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    issuers:                         | issuer:                        | 1: expected the field 'issuers', found none
                    audience: sealkeeper             | audienz: sealkeeper            | 2: expected the field 'audience', found none
                    issuer: https://idp              | issuer: http://idp             | 2: expected a URL with https
                    keys: discovery                  | keys: http://idp.example/keys  | 4: expected a URL with https
                    keys: discovery                  | keys: keys.json                | 5: expected 'none'
                    authorities: ca.pem              | authorities: none              | 5: expected a PEM file
                    [ES256, EdDSA]                   | [HS256]                        | 6: expected ES256, ES384
                    [ES256, EdDSA]                   | [none]                         | 6: expected ES256, ES384
                    [ES256, EdDSA]                   | []                             | 6: expected at least one algorithm
                    clockSkewSeconds: 30             | clockSkewSeconds: 121          | 7: expected an integer from 0 to 120
                    boundToCertificate: optional     | boundToCertificate: no         | 8: expected one of optional, required
                    maxLifetimeSeconds: 900          | maxLifetimeSeconds: 0          | 9: expected an integer from 1 to 86400
                    maxLifetimeSeconds: 900          | accessTokens: JWT              | 9: expected one of at+jwt, found 'JWT'
                    maxLifetimeSeconds: 900          | accessTokens: {claim: sub}     | 9: expected a claim that only access tokens have, found 'sub'
                    maxLifetimeSeconds: 900          | accessTokens: {value: Bearer}  | 9: expected the field 'claim'
                    maxLifetimeSeconds: 900          | accessTokens: {claim: a, b: c} | 9: unknown field 'b'
                    maxLifetimeSeconds: 900          | scope: all                     | 2: expected the field 'maxLifetimeSeconds'
                    """)
    void everyMistakeIsNamedByItsLine(String right, String wrong, String complaint) {
        assertThatThrownBy(() -> read(GOOD.replace(right, wrong)))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("issuers.yaml:" + complaint);
    }

    @ParameterizedTest
    @CsvSource({"private.json, public keys", "none.json, expected a file here", "ca.pem, a JWK Set"})
    void aFileOfKeysIsLookedAtAtOnce(String file, String complaint) {
        assertThatThrownBy(() -> read(inFile(file)))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("issuers.yaml:4: ")
                .hasMessageContaining(complaint);
        assertThat(read(inFile("keys.json")).issuers()).hasSize(1);
    }

    private static String inFile(String file) {
        return GOOD.replace("keys: discovery", "keys: " + file).replace("authorities: ca.pem", "authorities: none");
    }

    @Test
    void anIssuerDeclaredTwiceIsRefused() {
        assertThatThrownBy(() -> read(GOOD + GOOD.replace("issuers:\n", "")))
                .hasMessageContaining(
                        "issuers.yaml:10: issuer 'https://idp.example/realms/hospital' is declared twice");
    }
}
