package org.sealkeeper.http.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.InForce;
import org.sealkeeper.pki.IssuedCertificate;
import org.sealkeeper.pki.ServerCertificate;
import org.sealkeeper.pki.TestAuthority;

class CurrentCertificateTest {
    private static final TestAuthority CA = TestAuthority.root("CA");

    @TempDir
    private Path folder;

    private ServerCertificate next = certificate("EC", 256);
    private InForce<ServerCertificate> certificate;
    private CurrentCertificate shown;

    @BeforeEach
    void load() throws IOException {
        Path file = Files.writeString(folder.resolve("number"), "0");
        certificate = InForce.load(List.of(file), read -> next);
        shown = new CurrentCertificate(certificate);
    }

    @Test
    void aHandshakeKeepsTheCertificateItBeganWith() throws IOException {
        ServerCertificate first = next;
        String begun = alias("EC");
        ServerCertificate second = renew(certificate("EC", 256));
        String later = alias("EC");

        assertThat(shown.getCertificateChain(begun)).containsExactlyElementsOf(first.chain());
        assertThat(shown.getPrivateKey(begun)).isSameAs(first.key());
        assertThat(shown.getCertificateChain(later)).containsExactlyElementsOf(second.chain());
        assertThat(shown.getPrivateKey(later)).isSameAs(second.key());
    }

    @Test
    void aHandshakeThatMissedTwoCertificatesHasNone() throws IOException {
        String begun = alias("EC");
        for (int i = 0; i < 2; i++) {
            renew(certificate("EC", 256));
            String _ = alias("EC");
        }

        assertThat(shown.getCertificateChain(begun)).isNull();
        assertThat(shown.getPrivateKey(begun)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"EC, 384, EC", "RSA, 2048, RSA", "RSASSA-PSS, 2048, RSASSA-PSS", "Ed25519, 255, EdDSA"})
    void aCertificateIsShownForItsOwnKindOfKeyAlone(String algorithm, int bits, String keyType) throws IOException {
        ServerCertificate renewed = renew(certificate(algorithm, bits));

        for (String asked : List.of("EC", "RSA", "RSASSA-PSS", "EdDSA")) {
            if (asked.equals(keyType)) {
                assertThat(shown.getPrivateKey(alias(asked))).isSameAs(renewed.key());
            } else {
                assertThat(alias(asked)).as(asked).isNull();
            }
        }
    }

    private String alias(String keyType) {
        return shown.chooseEngineServerAlias(keyType, null, null);
    }

    private ServerCertificate renew(ServerCertificate renewed) throws IOException {
        next = renewed;
        Files.writeString(folder.resolve("number"), Integer.toString(System.identityHashCode(renewed)));
        for (int look = 0; look < 2; look++) {
            certificate.look(new Unrecorded());
        }
        assertThat(certificate.current()).isSameAs(renewed);
        return renewed;
    }

    private static ServerCertificate certificate(String algorithm, int bits) {
        KeyPair pair = TestAuthority.keyPair(algorithm, bits);
        TestAuthority issued = CA.issue("localhost", pair, IssuedCertificate::client);
        return new ServerCertificate(issued.chain(), issued.key());
    }

    private static final class Unrecorded implements InForce.Recorder<ServerCertificate> {
        @Override
        public void taken(ServerCertificate changed, String digest) {}

        @Override
        public void rejected(ConfigurationFault fault) {
            throw fault;
        }
    }
}
