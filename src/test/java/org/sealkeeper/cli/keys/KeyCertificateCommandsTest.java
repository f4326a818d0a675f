package org.sealkeeper.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.cli.CommandHere;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.pki.IssuedCertificate;
import org.sealkeeper.pki.TestAuthority;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.TestAppliance;

/** A laboratory's authority issues certificates for keys in the token, and renews them. */
class KeyCertificateCommandsTest {
    private static final TestAuthority ROOT = TestAuthority.root("root");
    private static final TestAuthority LAB = ROOT.issue("lab", IssuedCertificate::authority);

    @TempDir
    private Path folder;

    @BeforeEach
    void provision() {
        TestAppliance.in(folder).write("keys.yaml", """
                keys:
                  - {alias: es256, purpose: block-signing, algorithm: ES256}
                  - {alias: es384, purpose: block-signing, algorithm: ES384}
                  - {alias: ps256, purpose: block-signing, algorithm: PS256}
                  - {alias: eddsa, purpose: audit-signing, algorithm: EdDSA}
                keyEncryptionKeys: []
                """);
        Command _ = on("keys", "apply", "-f", "@/keys.yaml").succeeded();
        TestAuthority.write(folder.resolve("ca.pem"), ROOT.certificate());
    }

    private Command on(String... words) {
        return CommandHere.run(
                folder,
                Stream.concat(Stream.of(words), Stream.of("--config", "@/appliance.yaml"))
                        .toArray(String[]::new));
    }

    private PKCS10CertificationRequest request(String alias, String... words) throws IOException {
        Command asked = on(Stream.concat(Stream.of("keys", "csr", "--alias", alias), Stream.of(words))
                .toArray(String[]::new));
        try (var pem = new PEMParser(new StringReader(asked.succeeded().out()))) {
            return (PKCS10CertificationRequest) pem.readObject();
        }
    }

    private static PublicKey key(PKCS10CertificationRequest request) throws IOException {
        return new JcaPEMKeyConverter().getPublicKey(request.getSubjectPublicKeyInfo());
    }

    /** The authority issues what was asked for. */
    private void issue(TestAuthority authority, PublicKey key, Consumer<IssuedCertificate> form) {
        TestAuthority issued = authority.issue("issued", new KeyPair(key, null), form);
        Path _ =
                TestAuthority.write(folder.resolve("issued.pem"), issued.chain().toArray());
    }

    private Command importing(String... more) {
        return on(Stream.concat(
                        Stream.of(
                                "keys",
                                "import-certificate",
                                "--certificate",
                                "@/issued.pem",
                                "--authorities",
                                "@/ca.pem"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private void assertThatNothingDiffers() {
        assertThat(on("plan", "-f", "@/keys.yaml").succeeded().out()).contains("Nothing to do, no drift.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"es256", "es384", "ps256", "eddsa"})
    void aKeyOfEachAlgorithmAsksForACertificateAndGetsIt(String alias) throws Exception {
        PKCS10CertificationRequest request = request(alias, "--subject", "CN=Lab A,O=Lab");
        assertThat(request.getSubject().toString()).isEqualTo("O=Lab,CN=Lab A");
        var verifiers = new JcaContentVerifierProviderBuilder().setProvider(new BouncyCastleProvider());
        assertThat(request.isSignatureValid(verifiers.build(key(request))))
                .as("the key proves that it is there")
                .isTrue();

        issue(LAB, key(request), KeyCertificateCommandsTest::signing);
        assertThat(importing().succeeded().out()).contains(alias + " version 1, ", ", certificate until ");
        assertThat(on("keys", "export", "--format", "pem", "--alias", alias)
                        .succeeded()
                        .out())
                .as("with that of the authority between, and without the trusted one")
                .containsPattern("(?s)BEGIN CERTIFICATE.*BEGIN CERTIFICATE")
                .doesNotContainPattern("(?s)BEGIN CERTIFICATE.*BEGIN CERTIFICATE.*BEGIN CERTIFICATE");
        assertThatNothingDiffers();
    }

    @Test
    void aRenewedCertificateTakesThePlaceOfTheOneBefore() throws IOException {
        PublicKey key = key(request("es256"));
        issue(LAB, key, KeyCertificateCommandsTest::signing);
        String first = importing().succeeded().out();
        assertThat(importing().succeeded().out()).as("run again").isEqualTo(first);
        issue(
                ROOT,
                key,
                form -> form.usage(KeyUsage.digitalSignature).valid(Duration.ofHours(-1), Duration.ofDays(90)));
        assertThat(importing().succeeded().out()).isNotEqualTo(first);
        assertThatNothingDiffers();
        assertThat(on("keys", "export", "--format", "x5c", "--alias", "es256")
                        .succeeded()
                        .out())
                .as("issued by the trusted authority itself")
                .doesNotContain("\",\"");
    }

    @Test
    void whatTheAuthorityRevokedIsRefusedWhereItsListIsGiven() throws IOException {
        PublicKey key = key(request("es256"));
        TestAuthority issued = ROOT.issue("issued", new KeyPair(key, null), KeyCertificateCommandsTest::signing);
        Path _ = TestAuthority.write(folder.resolve("issued.pem"), issued.certificate());
        Path lists = folder.resolve("ca.crl");
        TestAuthority.write(lists, ROOT.revoking(Instant.now().plus(Duration.ofDays(1)), issued.certificate()));
        Command refused = importing("--revocations", "@/ca.crl");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .contains("issued.pem: expected certificates that lead to one of the authorities", "revoked");
        TestAuthority.write(lists, ROOT.revoking(Instant.now().minus(Duration.ofDays(1))));
        assertThat(importing("--revocations", "@/ca.crl").err()).contains("expected revocation lists that are current");
        TestAuthority.write(lists, ROOT.revoking(Instant.now().plus(Duration.ofDays(1))));
        assertThat(importing("--revocations", "@/ca.crl").succeeded().out()).contains("certificate until ");
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingIsChanged() throws IOException {
        PublicKey key = key(request("es256"));
        String before = on("keys", "export", "--format", "pem").succeeded().out();
        TestAuthority stranger = TestAuthority.root("stranger");
        issue(stranger, key, KeyCertificateCommandsTest::signing);
        refused("expected certificates that lead to one of the authorities");
        issue(LAB, TestAuthority.keyPair("EC", 256).getPublic(), KeyCertificateCommandsTest::signing);
        refused("expected a certificate of a key of the catalogue, found one of another key");
        issue(LAB, key, form -> form.usage(KeyUsage.keyEncipherment));
        refused("expected a certificate for digital signatures");
        issue(LAB, key, form -> form.usage(KeyUsage.digitalSignature).valid(Duration.ofDays(-9), Duration.ofDays(-1)));
        refused("expected certificates that lead to one of the authorities");
        issue(
                ROOT.issue("no authority", KeyCertificateCommandsTest::signing),
                key,
                KeyCertificateCommandsTest::signing);
        refused("expected certificates that lead to one of the authorities");
        Path _ = TestAuthority.write(folder.resolve("issued.pem"), ROOT.certificate());
        refused("expected a certificate of a key first, found a trusted authority");
        assertThat(on("keys", "export", "--format", "pem").succeeded().out()).isEqualTo(before);
        assertThatNothingDiffers();
    }

    private static void signing(IssuedCertificate form) {
        IssuedCertificate _ = form.usage(KeyUsage.digitalSignature).valid(Duration.ofHours(-1), Duration.ofDays(30));
    }

    private void refused(String why) {
        Command refused = importing();
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains(why);
    }
}
