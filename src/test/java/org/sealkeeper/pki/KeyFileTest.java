package org.sealkeeper.pki;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.testing.Command;

/** Certificates and keys in every form openssl writes them. */
class KeyFileTest {
    private static final String ENCRYPTED = "expected an unencrypted private key, found an encrypted one";

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeKeys() {
        openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.pem");
        openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem");
        openssl("genpkey -algorithm ED25519 -out ed25519.pem");
        openssl("genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out pss.pem");
        for (String key : List.of("ec", "rsa", "ed25519", "pss")) {
            openssl("req -new -x509 -key " + key + ".pem -subj /CN=" + key + " -days 1 -out " + key + ".crt");
            openssl("pkey -in " + key + ".pem -outform DER -out " + key + ".der");
        }
    }

    private static void openssl(String arguments) {
        List<String> line = new ArrayList<>(List.of("openssl"));
        line.addAll(List.of(arguments.split(" ", -1)));
        Command.run(folder, line).succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec", "rsa", "ed25519", "pss"})
    void aKeyIsTheSameInPemAndInDer(String key) throws IOException {
        PrivateKey expected = key(key + ".pem");
        assertSame(key(key + ".der"), expected);

        String pem = text(key + ".pem");
        String certificate = text(key + ".crt");
        for (String around : List.of(
                "\ufeff" + pem,
                pem.replace("\n", "\r\n"),
                "0 Bag Attributes\n    friendlyName: Zürich\n" + pem + "that was it",
                certificate + pem,
                pem + certificate)) {
            assertSame(key(file(around.getBytes(UTF_8))), expected);
        }
        assertSame(key(file(("0 Zürich\n" + pem).getBytes(ISO_8859_1))), expected);
        assertThat(ServerCertificate.of(read(key + ".crt"), read(key + ".pem"), java.time.Instant.now())
                        .chain())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"ec, ec -in ec.pem", "rsa, rsa -in rsa.pem -traditional"})
    void theOlderFormsOfOpensslAreReadInPemAndInDer(String key, String command) throws IOException {
        openssl(command + " -out old.pem");
        openssl(command + " -outform DER -out old.der");

        assertThat(text("old.pem")).contains(key.toUpperCase(java.util.Locale.ROOT) + " PRIVATE KEY");
        assertSame(key("old.pem"), key(key + ".pem"));
        assertSame(key("old.der"), key(key + ".pem"));
    }

    @Test
    void parametersBesideAKeyAreNoKey() throws IOException {
        openssl("ecparam -name prime256v1 -genkey -out parameters.pem");
        assertThat(text("parameters.pem")).contains("EC PARAMETERS", "EC PRIVATE KEY");
        assertThat(key("parameters.pem").getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void bagsOfPkcs12AreRead() throws IOException {
        openssl("pkcs12 -export -inkey ec.pem -in ec.crt -name lab -passout pass:1234 -out bag.p12");
        openssl("pkcs12 -in bag.p12 -passin pass:1234 -nodes -out bag.pem");
        assertThat(text("bag.pem")).contains("Bag Attributes");
        assertSame(key("bag.pem"), key("ec.pem"));
        assertThat(read("bag.pem").certificates()).isEqualTo(read("ec.crt").certificates());
        refused("bag.p12", "found PKCS12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkcs8 -topk8 -in ec.pem -passout pass:1234 -out encrypted",
                "pkcs8 -topk8 -in ec.pem -passout pass:1234 -outform DER -out encrypted",
                "rsa -in rsa.pem -traditional -aes128 -passout pass:1234 -out encrypted"
            })
    void anEncryptedKeyIsRefusedByThatName(String command) {
        openssl(command);
        refused("encrypted", ENCRYPTED);
    }

    @Test
    void whatIsNoOnePrivateKeyIsRefusedByWhatItIs() throws IOException {
        openssl("pkey -in ec.pem -pubout -out public.pem");
        openssl("ecparam -name prime256v1 -genkey -param_enc explicit -out explicit.pem");
        refused("ec.crt", "found CERTIFICATE");
        refused("public.pem", "found PUBLIC KEY");
        refused("none.pem", "expected a file here, found none");
        refused(file(new byte[0]), "found nothing that is PEM or DER");
        refused(file("prose".getBytes(UTF_8)), "found nothing that is PEM or DER");
        refused(file((text("ec.pem") + text("rsa.pem")).getBytes(UTF_8)), "expected one private key");
        refused(file(text("ec.pem").getBytes(UTF_16)), "found UTF-16");
        refused(file(text("ec.pem").substring(0, 150).getBytes(UTF_8)), "complete PEM blocks");
        refused(
                file(text("ec.pem")
                        .replace("BEGIN PRIVATE", "BEGIN RSA PRIVATE")
                        .replace("END PRIVATE", "END RSA PRIVATE")
                        .getBytes(UTF_8)),
                "expected a well-formed RSA PRIVATE KEY");
        refused("explicit.pem", "a named elliptic curve");
    }

    @Test
    void certificatesAreReadInPemAndInDer() throws IOException {
        openssl("x509 -in ec.crt -outform DER -out ec.crt.der");
        openssl("x509 -in rsa.crt -text -out text.crt");
        assertThat(read("ec.crt.der").certificates()).isEqualTo(read("ec.crt").certificates());
        assertThat(read("text.crt").certificates()).isEqualTo(read("rsa.crt").certificates());
        assertThat(KeyFile.read(folder.resolve(file(("\ufeff" + text("ec.crt") + text("rsa.crt")).getBytes(UTF_8))))
                        .certificates())
                .hasSize(2);
    }

    @Test
    void anAuthorityDoesNotComeWithItsKey() throws IOException {
        String both = file((text("ec.crt") + text("ec.pem")).getBytes(UTF_8));
        assertThat(read(both).certificates()).hasSize(1);
        assertThatThrownBy(() -> read(both).authorities())
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("found a private key beside them");
    }

    /** The JDK compares two EC keys by their encodings, which may or may not have the public half. */
    private static void assertSame(PrivateKey found, PrivateKey expected) {
        assertThat(found.getAlgorithm()).isEqualTo(expected.getAlgorithm());
        if (found instanceof ECPrivateKey ec) {
            assertThat(ec.getS()).isEqualTo(((ECPrivateKey) expected).getS());
        } else {
            assertThat(found).isEqualTo(expected);
        }
    }

    private static void refused(String name, String why) {
        assertThatThrownBy(() -> key(name))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageStartingWith(folder.resolve(name) + ": ")
                .hasMessageContaining(why);
    }

    private static String file(byte[] content) throws IOException {
        Files.write(folder.resolve("made"), content);
        return "made";
    }

    private static String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private static KeyFile read(String name) {
        return KeyFile.read(folder.resolve(name));
    }

    private static PrivateKey key(String name) {
        return read(name).privateKey();
    }
}
