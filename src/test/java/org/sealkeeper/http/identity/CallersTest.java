package org.sealkeeper.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.cli.TestPki;
import org.sealkeeper.http.Door;
import org.sealkeeper.http.TlsListener;
import org.sealkeeper.pki.BadCertificates;
import org.sealkeeper.pki.OfferedChain;
import org.sealkeeper.pki.TestAuthority;

/** Who a caller is, and which certificates name none. */
public abstract class CallersTest {
    private static final TestPki PKI = TlsListener.PKI;

    private final URI base;
    private final List<Principal> issuers = new CopyOnWriteArrayList<>();

    protected CallersTest(URI base) {
        this.base = base;
    }

    private Door door(SSLContext tls) {
        return new Door(base, tls);
    }

    @Test
    void aCallerIsItsCertificatesUri() throws Exception {
        var answer = door(PKI.client("auditor")).get("/v1/echo/caller");

        assertThat(answer.json().get("id").asText()).isEqualTo("urn:sealkeeper:auditor:auditor");
    }

    @Test
    void aCallerWithoutAUriIsItsCertificatesSubject() throws Exception {
        var answer = door(PKI.withSubjectOnly("nobody").client("nobody")).get("/v1/echo/caller");

        assertThat(answer.json().get("id").asText()).isEqualTo("CN=nobody,O=Sealkeeper development");
    }

    @Test
    void oneConnectionHasOneCallerForAllItsRequests() throws Exception {
        var nodeA = door(PKI.client("node-a"));
        var nodeB = door(PKI.client("node-b"));

        for (int i = 0; i < 3; i++) {
            assertThat(nodeA.get("/v1/echo/caller").text()).contains("node-a");
            assertThat(nodeB.get("/v1/echo/caller").text()).contains("node-b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/echo/caller", "/v1/nowhere", "/nowhere", "/v1", "/openapi/../v1/echo/caller"})
    void withoutACertificateOnlyPublicPathsAreOpen(String path) throws Exception {
        assertUnauthenticated(door(PKI.clientWithoutCertificate()).get(path), "found none");
    }

    @Test
    void aCertificateOfSeveralUrisNamesNoCaller() throws Exception {
        var tls = PKI.withUris("twins", "urn:sealkeeper:node:node-a", "urn:sealkeeper:node:node-b")
                .client("twins");

        assertUnauthenticated(door(tls).get("/v1/echo/caller"), "at most one URI");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CN=node-a,O=Sealkeeper development", "node-a", ""})
    void aUriWithoutASchemeNamesNoCaller(String uri) throws Exception {
        var tls = PKI.withUris("odd", uri).client("odd");

        assertUnauthenticated(door(tls).get("/v1/echo/caller"), "cannot be read");
    }

    static List<BadCertificates.Case> badCertificates() {
        return BadCertificates.of(TestAuthority.of(PKI.read("ca"), PKI.key("ca")));
    }

    @ParameterizedTest
    @MethodSource("badCertificates")
    void aCertificateThatIsNotGenuineNamesNoCaller(BadCertificates.Case bad) throws Exception {
        var door = door(PKI.context(new OfferedChain(bad.shown())));

        var answer = door.get("/v1/echo/caller");

        assertUnauthenticated(answer, bad.complaint());
        assertThat(door.get("/openapi").status()).isEqualTo(200);
    }

    @Test
    void aRevokedCertificateNamesNoCaller() throws Exception {
        assertUnauthenticated(door(PKI.client("revoked")).get("/v1/echo/caller"), "is revoked");
    }

    @Test
    void aClientWithSeveralCertificatesIsToldWhichToShow() throws Exception {
        try (var socket = (SSLSocket) PKI.context(new OfferedChain(issuers::addAll, TestAuthority.root("any")))
                .getSocketFactory()
                .createSocket(base.getHost(), base.getPort())) {
            socket.startHandshake();
        }

        assertThat(issuers).contains(PKI.read("ca").getSubjectX500Principal());
    }

    @Test
    void tls12IsRefused() {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.2"});
        var old = HttpClient.newBuilder()
                .sslContext(PKI.client("node-a"))
                .sslParameters(parameters)
                .build();

        var door = new Door(base, PKI.client("node-a"), old);

        assertThatThrownBy(() -> door.get("/openapi")).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void theFastCipherSuiteIsChosen() throws Exception {
        try (var socket =
                (SSLSocket) PKI.client("node-a").getSocketFactory().createSocket(base.getHost(), base.getPort())) {
            socket.startHandshake();

            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(socket.getSession().getCipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");
        }
    }

    private static void assertUnauthenticated(Door.Answer answer, String detail) throws IOException {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("type").asText()).isEqualTo("urn:sealkeeper:problem:unauthenticated");
        assertThat(answer.json().get("detail").asText()).contains(detail);
    }
}
