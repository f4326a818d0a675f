package org.sealkeeper.issuers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
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
                        Duration.ofSeconds(900),
                        Optional.empty()));
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

    private static String withConsole(String console) {
        return GOOD + "    console: " + console + "\n";
    }

    private void writeSecret(String name, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "of the client\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void peopleSignInWhereTheSectionOfTheConsoleSaysAsWhichClient() throws IOException {
        writeSecret("secret", "rw-------");
        URI metadata = URI.create("https://idp.example/realms/hospital/.well-known/openid-configuration");

        assertThat(read(withConsole("{clientId: sealkeeper}"))
                        .issuers()
                        .getFirst()
                        .console())
                .hasValue(
                        new SignInClient("sealkeeper", "openid", Optional.empty(), metadata, folder.resolve("ca.pem")));
        assertThat(read(withConsole("{clientId: a, scopes: [openid, api:read], clientSecretFile: secret}"))
                        .issuers()
                        .getFirst()
                        .console())
                .hasValue(new SignInClient(
                        "a",
                        "openid api:read",
                        Optional.of(folder.resolve("secret")),
                        metadata,
                        folder.resolve("ca.pem")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                       | 10: expected the field 'clientId', found none
                    {clientId: a b}                          | 10: expected printable ASCII without blanks
                    {clientId: a, scopes: ['a b']}           | 10: expected printable ASCII without blanks
                    {clientId: a, scopes: ['a"b']}           | 10: expected a scope without
                    {clientId: a, clientSecret: hidden}      | 10: unknown field 'clientSecret'
                    {clientId: a, clientSecretFile: none}    | 10: (?s).*expected a password file here, found none
                    {clientId: a, clientSecretFile: open}    | 10: (?s).*only its owner may read
                    all                                      | 10: expected a mapping in 'console'
                    """)
    void everyMistakeOfTheConsolesSectionIsNamedByItsLine(String console, String complaint) throws IOException {
        writeSecret("open", "rw-r--r--");

        assertThatThrownBy(() -> read(withConsole(console)))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageMatching("(?s).*issuers.yaml:" + complaint + ".*");
    }

    @Test
    void nobodySignsInWhereTokensAreBoundOrNoServerIsKnown() {
        String console = withConsole("{clientId: a}");

        assertThatThrownBy(() -> read(console.replace("boundToCertificate: optional", "boundToCertificate: required")))
                .hasMessageContaining("issuers.yaml:10: expected 'boundToCertificate: optional'");
        assertThatThrownBy(() -> read(console.replace("keys: discovery", "keys: keys.json")
                        .replace("authorities: ca.pem", "authorities: none")))
                .hasMessageContaining("issuers.yaml:10: expected 'keys: discovery' or a URL");
        assertThatThrownBy(() -> read(console.replace("keys: discovery", "keys: https://idp.example/keys")
                        .replace("issuer: https", "issuer: http")))
                .hasMessageContaining("issuers.yaml:2: expected a URL with https");
    }
}
