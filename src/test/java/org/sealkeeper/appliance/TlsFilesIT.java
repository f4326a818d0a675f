package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.pki.BadCertificates;
import org.sealkeeper.pki.KeyFile;
import org.sealkeeper.pki.OfferedChain;
import org.sealkeeper.pki.TestAuthority;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.RawConnection;
import org.sealkeeper.testing.ShownLeaves;

/** The certificates the appliance accepts and the one it shows follow the files, without a restart. */
class TlsFilesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEYS = RawConnection.get("/v1/keys");

    @TempDir
    static Path folder;

    private static Home home;
    private static ApplianceProcess appliance;
    private static Caller nodeA;
    private static Caller auditor;

    @BeforeAll
    static void start() {
        home = Home.provision(folder);
        appliance = ApplianceProcess.start(home);
        nodeA = Caller.of(home, "node-a");
        auditor = Caller.of(home, "auditor");
    }

    @AfterAll
    static void stop() {
        nodeA.close();
        auditor.close();
        appliance.close();
    }

    @Test
    void noBadCertificateReachesTheToken() throws Exception {
        TestAuthority ca =
                TestAuthority.of(KeyFile.read(pki("ca.pem")).certificates().getFirst(), pki("ca.key"));
        String block = Blocks.request("bad", 0);

        for (var bad : BadCertificates.of(ca)) {
            SSLContext tls = Caller.tls(pki("ca.pem"), new OfferedChain(bad.shown()));
            try (var connection = new RawConnection(home.port(), tls)) {
                assertThat(connection.ask(RawConnection.post("/v1/chains/lab-a/blocks", block)))
                        .as(bad.name())
                        .startsWith("HTTP/1.1 401")
                        .contains("application/problem+json", "urn:sealkeeper:problem:unauthenticated");
            }
        }
        assertThat(leaves("sign-block")).doesNotContain("sign-block");
    }

    @Test
    void aRevokedCallerIsRefusedOnAConnectionThatIsOpen() throws Exception {
        SSLContext tls = Caller.tls(pki("ca.pem"), pki("node-b.pem"), pki("node-b.key"));
        try (var connection = new RawConnection(home.port(), tls)) {
            assertThat(connection.ask(KEYS)).startsWith("HTTP/1.1 200");

            home.here("dev-pki", "--out", "@/pki", "--revoke", "node-b").succeeded();

            await(() -> connection.ask(KEYS).contains("is revoked"));
            assertThat(nodeA.get("/v1/keys").statusCode()).isEqualTo(200);
            await(() -> leaves("load-authorities").contains("\"outcome\":\"done\""));
        }
    }

    @Test
    void aRenewedServerCertificateIsShownToNewConnectionsAndOpenOnesGoOn() throws Exception {
        SSLContext tls = Caller.tls(pki("ca.pem"), pki("node-a.pem"), pki("node-a.key"));
        try (var open = new RawConnection(home.port(), tls)) {
            Certificate before = open.serverCertificate();
            Certificate renewed = renew();

            await(() -> shown().equals(renewed));

            assertThat(renewed).isNotEqualTo(before);
            assertThat(open.ask(KEYS)).startsWith("HTTP/1.1 200");
            await(() -> leaves("load-certificate").contains("\"outcome\":\"done\""));
        }
    }

    @RepeatedTest(4)
    void noHandshakeFailsWhileTheCertificateIsRenewed() throws Exception {
        var renewed = new AtomicReference<Certificate>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> handshakes = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                handshakes.add(callers.submit(() -> handshakesUntilShown(renewed)));
            }
            renewed.set(renew());
            for (Future<Integer> each : handshakes) {
                assertThat(each.get()).as("handshakes, of which none may fail").isPositive();
            }
        }
    }

    private static int handshakesUntilShown(AtomicReference<Certificate> renewed) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int handshakes = 1;
        while (!shown().equals(renewed.get())) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            handshakes++;
        }
        return handshakes;
    }

    private static Certificate renew() throws IOException {
        Files.delete(pki("server.pem"));
        Files.delete(pki("server.key"));
        home.here("dev-pki", "--out", "@/pki").succeeded();
        return KeyFile.read(pki("server.pem")).certificates().getFirst();
    }

    @Test
    void aPinFileThatTheNextLoginCannotUseIsComplainedAboutNow() throws Exception {
        Path pin = home.folder().resolve("pins/user.pin");
        byte[] good = Files.readAllBytes(pin);

        Files.write(pin, new byte[0]);
        await(() -> appliance.health("live").contains(pin + ": expected "));
        assertThat(nodeA.get("/v1/keys").statusCode()).isEqualTo(200);

        Files.write(pin, good);
        await(() -> !appliance.health("live").contains(pin.toString()));
    }

    /** What a new client is shown. */
    private static Certificate shown() throws IOException {
        SSLContext fresh = Caller.tls(pki("ca.pem"), null, null);
        try (var connection = new RawConnection(home.port(), fresh)) {
            return connection.serverCertificate();
        }
    }

    @Test
    void brokenFilesChangeNothingAndAreComplainedAbout() throws Exception {
        for (String name : new String[] {"ca.pem", "server.key"}) {
            String good = home.read("pki/" + name);
            home.write("pki/" + name, "not PEM\n");

            await(() -> appliance.health("live").contains(pki(name) + ": expected "));

            assertThat(nodeA.get("/v1/keys").statusCode()).isEqualTo(200);
            assertThat(appliance.output()).contains("the changed files are not in force");
            home.write("pki/" + name, good);
            await(() -> !appliance.health("live").contains("Rejected"));
        }
        String _ = ShownLeaves.of(auditor, "load-authorities", "\"reason\":\"invalid-authorities\"");
        String _ = ShownLeaves.of(auditor, "load-certificate", "\"reason\":\"invalid-certificate\"");
    }

    private static String leaves(String operation) {
        return auditor.get("/v1/audit/entries?operation=" + operation).body();
    }

    private static Path pki(String name) {
        return home.folder().resolve("pki").resolve(name);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
