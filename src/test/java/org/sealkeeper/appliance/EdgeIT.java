package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.edge.Api;
import org.sealkeeper.edge.Contract;
import org.sealkeeper.edge.Http1Client;
import org.sealkeeper.edge.Http2Client;
import org.sealkeeper.edge.OddFrames;
import org.sealkeeper.edge.OddRequests;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.TokenIssuer;

/**
 * Whatever is asked, at every door: it is answered, never by a fault of ours, and leaves nothing behind. Odd requests are made by chance
 * ({@code -Dsealkeeper.seed} makes them again, {@code -Dsealkeeper.oddRequests} says how many), wrong values by the published schemas.
 */
class EdgeIT {
    private static final int REQUESTS = Integer.getInteger("sealkeeper.oddRequests", 5_000);
    private static final long SEED = Long.getLong("sealkeeper.seed", System.nanoTime());
    private static final int CLIENTS = 8;
    private static final int HTTP_2_REQUESTS = 500;
    /** Above every deadline of the appliance. */
    private static final int PATIENCE_MILLIS = 20_000;

    private static final String GRANTS = """
              labs: [{certificate: "urn:sealkeeper:lab:lab-a"}]
              keepers: [{certificate: "urn:sealkeeper:clinician:clinician-a"}]
            grants:
              - {name: labs, roles: [labs], operations: [generate-data-key, unwrap-data-key], keys: [patient-data], purposes: [TREAT]}
              - {name: keepers, roles: [keepers], operations: [rewrap-data-key], keys: [patient-data]}
            """;

    @TempDir
    private static Path folder;

    private static final ECKey ISSUER_KEY = TokenIssuer.newKey();
    private static Home home;
    private static ApplianceProcess appliance;
    private static ProcessRecord process;
    private static Api api;

    @BeforeAll
    static void start() {
        home = Home.provision(folder);
        home.write("policy.yaml", home.read("policy.yaml").replace("grants:\n", GRANTS));
        home.write("keys.json", new JWKSet(ISSUER_KEY).toString());
        home.write("issuers.yaml", """
                issuers:
                  - issuer: https://edge.example
                    keys: keys.json
                    authorities: none
                    audience: sealkeeper
                    algorithms: [ES256]
                    clockSkewSeconds: 1
                    maxLifetimeSeconds: 86400
                    boundToCertificate: optional
                """);
        appliance = ApplianceProcess.startWith(home, ProcessRecord.OF_A_FIXED_HEAP);
        process = new ProcessRecord(home, appliance);
        try (var anyone = Caller.anonymous(home)) {
            api = new Api(Blocks.json(anyone.get("/openapi?format=json", "application/json")));
        }
    }

    @AfterAll
    static void nothingWasWorthALine() {
        appliance.close();
        assertThat(appliance.output())
                .as("seed %d", SEED)
                .doesNotContain("ERROR", "Exception", "\tat ", "WARN")
                .hasLineCount(process.linesAtStart() + 1);
    }

    @Test
    void whateverIsAskedIsAnsweredAndLeavesNothingBehind() throws Exception {
        System.out.println("odd requests by the seed " + SEED);
        askOddly(REQUESTS / 2, new Random(SEED));
        ProcessRecord.Use before = process.use();

        askOddly(REQUESTS / 2, new Random(SEED + 1));

        ProcessRecord.Use after = process.use();
        assertThat(after.residentKilobytes())
                .as("%s, %s", before, after)
                .isLessThan(before.residentKilobytes() * 11 / 10);
        assertThat(after.liveHeapBytes()).as("%s, %s", before, after).isLessThan(before.liveHeapBytes() * 13 / 10);
        assertThat(after.series()).isEqualTo(before.series());
        assertThat(after.labelsOfRequests("outcome")).isSubsetOf("SUCCESS", "CLIENT_ERROR", "REDIRECTION");
        assertThat(after.labelsOfRequests("method")).isSubsetOf("GET", "HEAD", "POST", "other");
        List<String> declared = new ArrayList<>(List.of("/openapi", "other"));
        api.operations().forEach(door -> declared.add(door.path()));
        assertThat(after.labelsOfRequests("uri")).isSubsetOf(declared);
    }

    private static void askOddly(int requests, Random random) throws Exception {
        Queue<String> complaints = new ConcurrentLinkedQueue<>();
        try (var clients = Executors.newCachedThreadPool()) {
            for (String name : List.of("", "node-a", "auditor", "lab-a", "clinician-a")) {
                SSLContext tls = tls(name);
                int each = requests / CLIENTS / (name.isEmpty() ? 1 : 4);
                for (int i = 0; i < CLIENTS / 2; i++) {
                    var odd = new OddRequests(api, token(), new Random(random.nextLong()));
                    clients.execute(() -> ask(each, () -> connect(tls), odd, complaints));
                }
            }
            var odd = new OddRequests(api, token(), new Random(random.nextLong()));
            clients.execute(() -> ask(
                    requests / 40,
                    () -> patient(new Socket(InetAddress.getLoopbackAddress(), home.managementPort())),
                    odd,
                    complaints));
        }
        assertThat(complaints).as("seed %d", SEED).isEmpty();
    }

    private static void ask(int requests, Callable<Socket> connect, OddRequests odd, Queue<String> complaints) {
        int hungUp = 0;
        try (var client = new Http1Client(connect)) {
            for (int i = 0; i < requests && complaints.size() < 20; i++) {
                OddRequests.Odd request = odd.next();
                try {
                    Optional<Integer> status = client.ask(request);
                    hungUp += status.isEmpty() && request.isFramed() ? 1 : 0;
                    status.filter(found -> found >= 500).ifPresent(found -> complaints.add(found + " to " + request));
                } catch (SocketTimeoutException hanging) {
                    complaints.add("no answer to " + request);
                }
            }
        } catch (Exception broken) {
            complaints.add("the client broke: " + broken);
        }
        if (hungUp > requests / 10) {
            complaints.add(hungUp + " of " + requests + " were not answered, but hung up on");
        }
    }

    @Test
    void oddFieldsOfHttp2AreRefusedAndNoFault() throws Exception {
        var random = new Random(SEED);
        SSLContext tls = tls("node-a");
        Http2Client client = new Http2Client(connect(tls));
        for (int i = 0; i < HTTP_2_REQUESTS; i++) {
            try {
                assertThat(client.ask(random))
                        .as("seed %d, request %d", SEED, i)
                        .isNotEqualTo(Optional.of("500"));
            } catch (SocketTimeoutException hanging) {
                throw new AssertionError("no answer to request " + i + " of seed " + SEED, hanging);
            } catch (IOException hungUp) {
                client.close();
                client = new Http2Client(connect(tls));
            }
        }
        client.close();
    }

    @Test
    void oddFramesOfHttp2AreAnsweredOrEndTheConnection() throws Exception {
        var odd = new OddFrames(new Random(SEED));
        for (String name : List.of("", "node-a")) {
            SSLContext tls = tls(name);
            for (int i = 0; i < HTTP_2_REQUESTS / 4; i++) {
                try (SSLSocket socket = connect(tls)) {
                    odd.exchange(socket);
                } catch (SocketTimeoutException hanging) {
                    throw new AssertionError("no answer on connection " + i + " of seed " + SEED, hanging);
                }
            }
        }
        try (var node = Caller.of(home, "node-a")) {
            assertThat(node.get("/v1/keys").statusCode()).isEqualTo(200);
        }
    }

    private static SSLContext tls(String name) {
        Path pki = home.folder().resolve("pki");
        return name.isEmpty()
                ? Caller.tls(pki.resolve("ca.pem"), null, null)
                : Caller.tls(pki.resolve("ca.pem"), pki.resolve(name + ".pem"), pki.resolve(name + ".key"));
    }

    private static SSLSocket connect(SSLContext tls) throws IOException {
        return patient((SSLSocket) tls.getSocketFactory().createSocket("localhost", home.port()));
    }

    private static <S extends Socket> S patient(S socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String token() {
        Instant now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer("https://edge.example")
                .audience(TokenIssuer.AUDIENCE)
                .subject("robot")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(86_400)));
        return TokenIssuer.token(TokenIssuer.header(ISSUER_KEY), claims, ISSUER_KEY);
    }

    @Test
    void whatASchemaForbidsIsRefusedAndWhatFitsIsNoInvalidRequest() throws Exception {
        var contract = new Contract(api);
        Queue<String> complaints = new ConcurrentLinkedQueue<>();
        try (var asking = Executors.newFixedThreadPool(4 * CLIENTS)) {
            for (Api.Operation door : api.operations()) {
                Caller caller = Caller.of(home, callerFor(door.path()));
                asking.execute(() -> contract.judgeFitting(door, caller).ifPresent(complaints::add));
                contract.wrong(door)
                        .forEach(wrong -> asking.execute(
                                () -> contract.judgeWrong(door, caller, wrong).ifPresent(complaints::add)));
            }
        }
        assertThat(complaints).isEmpty();
    }

    /** The caller that may do what the door does. */
    private static String callerFor(String path) {
        if (path.startsWith("/v1/data-keys")) {
            return path.contains("rewrap") ? "clinician-a" : "lab-a";
        }
        return path.startsWith("/v1/audit") ? "auditor" : "node-a";
    }
}
