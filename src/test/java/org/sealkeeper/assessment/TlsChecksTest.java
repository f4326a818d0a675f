package org.sealkeeper.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.cli.TestPki;
import org.sealkeeper.pki.TestAuthority;

class TlsChecksTest {
    private static final String OWN = "CN=server,O=Sealkeeper development".replace(",", ", ");
    private static final TestAuthority ROOT = TestAuthority.root("root");

    @TempDir
    java.nio.file.Path folder;

    @Test
    void aCertificateIsToBeRenewedBeforeItEndsAndIsUselessFromItsEndOn() {
        List<X509Certificate> chain = server("EC", 256).chain().subList(0, 1);
        Instant end = chain.getFirst().getNotAfter().toInstant();
        assertThat(ofServer(chain, end.minus(Duration.ofDays(30)))).containsExactly(OWN + ": right");
        assertThat(ofServer(chain, end.minus(Duration.ofDays(30)).plusMillis(1)))
                .containsExactly(OWN + ": medium");
        assertThat(ofServer(chain, end.minus(Duration.ofHours(180)))).containsExactly(OWN + ": medium");
        assertThat(ofServer(chain, end.minus(Duration.ofHours(180)).plusMillis(1)))
                .containsExactly(OWN + ": high");
        assertThat(ofServer(chain, end)).containsExactly(OWN + ": high");
        Instant begin = chain.getFirst().getNotBefore().toInstant();
        assertThat(ofServer(chain, begin.minusMillis(1))).containsExactly(OWN + ": high");
    }

    private static List<String> ofServer(List<X509Certificate> chain, Instant now) {
        return Judged.by(TlsEnds.SERVER, chain, now).stream()
                .map(words -> words.replace("tls-certificate-end ", ""))
                .toList();
    }

    @Test
    void theServersCertificateHasNamesAStrongKeyAndAChain() {
        var pki = new TestPki(folder);
        assertThat(Judged.by(TlsForm.SERVER, List.of(pki.read("server"), pki.read("ca")), Instant.now()))
                .hasSize(4)
                .allMatch(words -> words.endsWith(": right"));
        assertThat(Judged.by(TlsForm.SERVER, server("RSA", 1_024).chain(), Instant.now()))
                .contains(
                        "tls-certificate-names " + OWN + ": medium",
                        "tls-certificate-strength " + OWN + ": high",
                        "tls-certificate-chain " + OWN + ": right");
        List<X509Certificate> broken =
                List.of(pki.read("server"), TestAuthority.root("other").certificate());
        assertThat(Judged.by(TlsForm.SERVER, broken, Instant.now())).anyMatch(words -> words.endsWith(": high"));
        assertThat(Judged.by(TlsForm.SERVER, ROOT.chain(), Instant.now()))
                .anyMatch(words -> words.startsWith("tls-certificate-chain ") && words.endsWith(": medium"));
    }

    @Test
    void aRevocationListIsToBeCurrentAndThereIsToBeOne() throws Exception {
        Instant due = Instant.parse("2030-01-02T00:00:00Z");
        var lists = Optional.of(List.of(list(due)));
        assertThat(ofLists(lists, due.minus(Duration.ofDays(1)))).containsExactly("right");
        assertThat(ofLists(lists, due.minus(Duration.ofHours(6)))).containsExactly("medium");
        assertThat(ofLists(lists, due.minus(Duration.ofHours(6)).plusMillis(1))).containsExactly("high");
        assertThat(ofLists(Optional.of(List.of(list(null))), due)).containsExactly("high");
        assertThat(ofLists(Optional.empty(), due)).containsExactly("medium");
    }

    private static List<String> ofLists(Optional<List<X509CRL>> lists, Instant now) {
        return Judged.by(TlsEnds.REVOCATIONS, lists, now).stream()
                .map(words -> words.replaceFirst(".*: ", ""))
                .toList();
    }

    private static X509CRL list(Instant due) throws Exception {
        byte[] der = ROOT.revoking(due).getEncoded();
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    }

    private static TestAuthority server(String algorithm, int bits) {
        return ROOT.issue("server", TestAuthority.keyPair(algorithm, bits), _ -> {});
    }
}
