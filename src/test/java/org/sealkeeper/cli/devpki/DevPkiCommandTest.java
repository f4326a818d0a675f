package org.sealkeeper.cli.devpki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.cli.Sealkeeper;
import org.sealkeeper.cli.TestPki;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.PemFiles;

class DevPkiCommandTest {
    private static final List<String> STANDARD =
            List.of("ca", "server", "node-a", "node-b", "lab-a", "clinician-a", "auditor");

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int devPki(String... more) {
        var arguments = new String[3 + more.length];
        arguments[0] = "dev-pki";
        arguments[1] = "--out";
        arguments[2] = home.resolve("pki").toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Sealkeeper.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private Path file(String name) {
        return home.resolve("pki").resolve(name);
    }

    @Test
    void theStandardCertificatesAreIssuedWithOwnerOnlyKeys() throws Exception {
        assertThat(devPki()).isZero();

        for (String name : STANDARD) {
            assertThat(out.toString()).contains("issued   " + file(name + ".pem"));
            assertThat(Files.readString(file(name + ".key"))).startsWith("-----BEGIN PRIVATE KEY-----");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name + ".key"))))
                    .isEqualTo("rw-------");
        }
        assertThat(err.toString()).contains("development only");
    }

    @Test
    void aRecipientGetsAnRsaKeyThatNoTlsPeerAccepts() throws Exception {
        assertThat(devPki("--recipient", "lab-a")).isZero();

        assertThat(openssl("x509", "-noout", "-text", "-in", "recipient-lab-a.pem"))
                .contains("Public-Key: (3072 bit)", "Key Encipherment", "urn:sealkeeper:recipient:lab-a")
                .doesNotContain("TLS Web Client Authentication", "TLS Web Server Authentication");
        assertThat(devPki("--recipient", "lab-a")).isZero();
        assertThat(out.toString()).contains("kept     " + file("recipient-lab-a.pem"));
    }

    @ParameterizedTest
    @CsvSource({"server, sslserver", "node-a, sslclient", "auditor, sslclient"})
    void opensslVerifiesThemForTheirPurpose(String name, String purpose) throws Exception {
        devPki();

        var openssl = openssl("verify", "-x509_strict", "-purpose", purpose, "-CAfile", "ca.pem", name + ".pem");

        assertThat(openssl).isEqualTo(name + ".pem: OK");
    }

    @Test
    void whatWasRevokedStaysRevokedAndOpensslKnowsIt() throws Exception {
        devPki("--revoke", "node-a");
        var list = Files.readString(file("crl.pem"));

        assertThat(devPki()).isZero();
        assertThat(file("crl.pem")).hasContent(list);
        assertThat(out.toString()).contains("kept     " + file("crl.pem"));
        assertThat(devPki("--revoke", "node-b")).isZero();

        for (String name : List.of("node-a", "node-b")) {
            assertThat(verifyUnrevoked(name)).contains("certificate revoked");
        }
        assertThat(verifyUnrevoked("auditor")).isEqualTo("auditor.pem: OK");
    }

    private String verifyUnrevoked(String name) throws Exception {
        return openssl("verify", "-crl_check", "-CRLfile", "crl.pem", "-CAfile", "ca.pem", name + ".pem");
    }

    @Test
    void aCertificateThatIsNotThereCannotBeRevoked() {
        assertThat(devPki("--revoke", "nobody")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains(file("nobody.pem") + ": expected a file here, found none");
    }

    @Test
    void opensslRefusesAClientAsAServer() throws Exception {
        devPki();

        assertThat(openssl("verify", "-purpose", "sslserver", "-CAfile", "ca.pem", "node-a.pem"))
                .contains("verification failed");
    }

    @Test
    void certificatesLastAYearAndSayWhoTheirHolderIs() {
        devPki();

        var certificate = new PemFiles(home.resolve("pki")).readCertificate("lab-a");
        assertThat(certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId()))
                .isNotNull();
        var lifetime = Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
        assertThat(lifetime).isBetween(Duration.ofDays(365), Duration.ofDays(366));
        assertThat(certificate.getSerialNumber().bitLength()).isEqualTo(127);
        assertThat(certificate)
                .satisfies(c -> assertThat(c.getSubjectAlternativeNames())
                        .containsExactly(List.of(6, "urn:sealkeeper:lab:lab-a")));
    }

    @Test
    void aCompleteFolderIsLeftAsItIs() throws Exception {
        devPki();
        var before = contents();

        assertThat(devPki()).isZero();

        assertThat(contents()).isEqualTo(before);
        assertThat(out.toString()).contains("kept     " + file("ca.pem"), "kept     " + file("auditor.pem"));
    }

    @Test
    void aBrowserGetsAClientsKeyAndBothCertificatesUnderAPassword() throws Exception {
        assertThat(devPki("--p12", "auditor")).isZero();

        assertThat(out.toString()).contains("issued   " + file("auditor.p12"));
        for (String name : List.of("auditor.p12", "auditor.password")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name))))
                    .isEqualTo("rw-------");
        }
        var pem = new PemFiles(home.resolve("pki"));
        char[] password = password("auditor");
        KeyStore opened = KeyStore.getInstance(file("auditor.p12").toFile(), password);
        assertThat(opened.getKey("auditor", password)).isEqualTo(pem.readKey("auditor"));
        assertThat(opened.getCertificateChain("auditor"))
                .containsExactly(pem.readCertificate("auditor"), pem.readCertificate("ca"));
        assertThat(file("node-a.p12")).doesNotExist();
    }

    @Test
    void whatABrowserGetsDoesNotOpenWithAnotherPassword() {
        devPki("--p12", "auditor", "--p12", "node-a");

        assertThatThrownBy(() -> KeyStore.getInstance(file("auditor.p12").toFile(), password("node-a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("password was incorrect");
    }

    @Test
    void opensslOpensItAndFindsAes256AndSha256() throws Exception {
        devPki("--p12", "auditor");

        assertThat(openssl("pkcs12", "-info", "-noout", "-in", "auditor.p12", "-passin", "file:auditor.password"))
                .contains(
                        "MAC: sha256",
                        "PKCS7 Encrypted data: PBES2, PBKDF2, AES-256-CBC",
                        "Shrouded Keybag: PBES2, PBKDF2, AES-256-CBC");
    }

    @Test
    void whatABrowserGotIsKeptUntilItsCertificateIsIssuedAnew() throws Exception {
        devPki("--p12", "auditor");
        byte[] before = Files.readAllBytes(file("auditor.p12"));
        char[] password = password("auditor");

        assertThat(devPki("--p12", "auditor")).isZero();
        assertThat(file("auditor.p12")).hasBinaryContent(before);
        assertThat(out.toString()).contains("kept     " + file("auditor.p12"));

        Files.delete(file("auditor.key"));
        assertThat(devPki("--p12", "auditor")).isZero();
        assertThat(KeyStore.getInstance(file("auditor.p12").toFile(), password).getCertificate("auditor"))
                .isEqualTo(new PemFiles(home.resolve("pki")).readCertificate("auditor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditor.p12", "auditor.password"})
    void ofAPasswordAndWhatItOpensTheMissingOneIsMadeAnew(String missing) throws Exception {
        devPki("--p12", "auditor");
        Files.delete(file(missing));

        assertThat(devPki("--p12", "auditor")).isZero();

        assertThat(KeyStore.getInstance(file("auditor.p12").toFile(), password("auditor"))
                        .isKeyEntry("auditor"))
                .isTrue();
    }

    @Test
    void whatDoesNotOpenWithThePasswordBesideItIsRefusedAndLeft() throws Exception {
        devPki("--p12", "auditor", "--p12", "node-a");
        Files.copy(file("node-a.p12"), file("auditor.p12"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(devPki("--p12", "auditor")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString())
                .contains(file("auditor.p12") + ": expected PKCS#12 under the password of " + file("auditor.password"))
                .doesNotContain(new String(password("auditor")));
        assertThat(file("auditor.p12")).hasSameBinaryContentAs(file("node-a.p12"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca", "server", "recipient-lab-a", "someone", "../auditor", ""})
    void onlyAClientsKeyIsGivenToABrowser(String name) {
        assertThat(devPki("--recipient", "lab-a", "--p12", name)).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("--p12: expected a client, one of node-a, ", "found '" + name + "'");
        assertThat(home.resolve("pki")).doesNotExist();
    }

    private char[] password(String name) throws IOException {
        return Files.readString(file(name + ".password")).toCharArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-b.pem", "node-b.key"})
    void onlyWhatIsMissingIsIssuedByTheSameAuthority(String missing) throws Exception {
        devPki();
        var before = contents();
        Files.delete(file(missing));

        assertThat(devPki()).isZero();

        var after = contents();
        assertThat(after.remove("node-b.pem")).isNotEqualTo(before.remove("node-b.pem"));
        assertThat(after.remove("node-b.key")).isNotEqualTo(before.remove("node-b.key"));
        assertThat(after).isEqualTo(before);
        assertThat(openssl("verify", "-CAfile", "ca.pem", "node-b.pem")).isEqualTo("node-b.pem: OK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "ca.key"})
    void certificatesWithoutTheirAuthorityAreRefused(String missing) throws Exception {
        devPki();
        Files.delete(file(missing));

        assertThat(devPki()).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("remove the folder");
        assertThat(file(missing)).doesNotExist();
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() throws Exception {
        devPki();
        new TestPki(home.resolve("other"));
        Files.copy(home.resolve("other/node-a.pem"), file("node-a.pem"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(devPki()).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains(file("node-a.pem") + ": was not issued by " + file("ca.pem"));
    }

    @Test
    void aCertificateOfAnotherIdentityIsRefused() {
        devPki();

        assertThat(devPki("--client", "node-a=urn:example:someone-else")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(file("node-a.pem") + ": has other subject alternative names");
    }

    @Test
    void clientsCanBeNamed() {
        assertThat(devPki("--client", "x=urn:example:x", "--client", "y=https://example.org/y"))
                .isZero();

        assertThat(file("x.pem")).exists();
        assertThat(file("y.pem")).exists();
        assertThat(file("node-a.pem")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca=urn:x", "server=urn:x", "../x=urn:x", "X=urn:x", "=urn:x", "x=no-scheme", "x"})
    void aClientWithoutAFitNameOrIdentityIsRefused(String client) {
        assertThat(devPki("--client", client)).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("--client");
        assertThat(home.resolve("pki")).doesNotExist();
    }

    @Test
    void theResultIsPrintedAsJson() throws Exception {
        assertThat(devPki("--json", "--p12", "auditor")).isZero();

        var result = new JsonMapper().readTree(out.toString());
        var certificates = result.get("certificates");
        assertThat(certificates).hasSize(STANDARD.size());
        assertThat(certificates.get(2).get("name").asText()).isEqualTo("node-a");
        assertThat(certificates.get(2).get("certificate").asText())
                .isEqualTo(file("node-a.pem").toString());
        assertThat(certificates.get(2).get("issuedNow").asBoolean()).isTrue();
        assertThat(result.get("browserFiles"))
                .containsExactly(new JsonMapper()
                        .valueToTree(Map.of(
                                "name",
                                "auditor",
                                "file",
                                file("auditor.p12").toString(),
                                "passwordFile",
                                file("auditor.password").toString(),
                                "issuedNow",
                                true)));
    }

    private Map<String, String> contents() throws IOException {
        var contents = new HashMap<String, String>();
        try (var files = Files.list(home.resolve("pki"))) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private String openssl(String... arguments) throws Exception {
        var command = new java.util.ArrayList<String>();
        command.add("openssl");
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(home.resolve("pki").toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }
}
