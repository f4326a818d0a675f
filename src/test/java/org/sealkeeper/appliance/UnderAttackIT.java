package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.edge.Attack;
import org.sealkeeper.edge.AttackerProcess;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.Ledger;
import org.sealkeeper.testing.RawConnection;

/** Strangers attack the listener with real connections from one address: callers with a certificate hardly notice. */
class UnderAttackIT {
    private static final int MEASUREMENTS = 3;
    private static final int LOOKS = 30;
    private static final int NEW_CALLERS = 5;
    private static final long SECONDS = Long.getLong("sealkeeper.attackSeconds", 1);
    private static final int WARM_UP = 250;
    private static final int BASELINE = 100;
    private static final int REQUESTS_AT_ONCE = 100;

    @TempDir
    private static Path folder;

    private static Home home;
    private static ApplianceProcess appliance;
    private static AttackerProcess attackers;
    private static ProcessRecord process;
    private static Caller node;
    private static Ledger ledger;
    private static ProcessRecord.Use useBefore;

    @BeforeAll
    static void start() throws Exception {
        home = Home.provision(folder);
        home.write(
                "appliance.yaml",
                home.read("appliance.yaml")
                        .replaceFirst(
                                "limits: .*", "limits: {requestsPerSecond: 500, burst: 1000, concurrentRequests: 64}"));
        appliance = ApplianceProcess.startWith(home, ProcessRecord.OF_A_FIXED_HEAP);
        process = new ProcessRecord(home, appliance);
        node = Caller.of(home, "node-a");
        ledger = new Ledger(node.get("/.well-known/jwks.json").body());
        attackers = AttackerProcess.start(home);
        sign(WARM_UP);
        useBefore = process.use();
    }

    @AfterAll
    static void stop() throws Exception {
        attackers.close();
        askTooMuchAtOnce();
        ProcessRecord.Use use = useAfterwards();
        node.close();
        appliance.close();
        assertThat(use.metrics())
                .containsPattern(closed("too-many-frames"))
                .containsPattern(closed("too-many-of-one-origin"))
                .containsPattern(closed("too-many-at-once"));
        assertThat(use.liveHeapBytes()).as("%s, %s", useBefore, use).isLessThan(mostLiveHeap());
        assertThat(appliance.output()).doesNotContain("ERROR", "OutOfMemory", "\tat ");
    }

    /** In one record of TLS, which is one read: whether an attacker comes so far before it is hung up on is up to the machine. */
    private static void askTooMuchAtOnce() throws Exception {
        Path pki = home.folder().resolve("pki");
        SSLContext tls = Caller.tls(pki.resolve("ca.pem"), pki.resolve("node-a.pem"), pki.resolve("node-a.key"));
        try (var connection = new RawConnection(home.port(), tls)) {
            connection.send(RawConnection.get("/v1/keys").repeat(REQUESTS_AT_ONCE));
            connection.awaitEnd();
        }
    }

    /** What the last attackers held is given back once their connections have ended; what is kept for ever is not. */
    private static ProcessRecord.Use useAfterwards() throws Exception {
        ProcessRecord.Use use = process.use();
        for (int look = 0; look < LOOKS && use.liveHeapBytes() >= mostLiveHeap(); look++) {
            Thread.sleep(Duration.ofSeconds(1));
            use = process.use();
        }
        return use;
    }

    private static long mostLiveHeap() {
        return useBefore.liveHeapBytes() * 13 / 10;
    }

    private static String closed(String reason) {
        return "sealkeeper_connections_closed_total\\{reason=\"" + reason + "\"} [1-9]";
    }

    /** Whatever else this machine does may disturb one measurement, or two; an attack that is not bounded disturbs all. */
    @ParameterizedTest
    @EnumSource(Attack.class)
    void aKnownCallerIsServedAsBeforeAndANewOneIsLetIn(Attack attack) throws Exception {
        List<String> found = new ArrayList<>();
        boolean isBounded = false;
        while (!isBounded && found.size() < MEASUREMENTS) {
            long usual = p99(sign(BASELINE));
            long attacked = p99During(attack);
            found.add("%s: p99 %d us, before %d us".formatted(attack, attacked / 1_000, usual / 1_000));
            isBounded = attacked < 5 * usual;
        }
        System.out.println(found);
        assertThat(isBounded).as("%s", found).isTrue();
    }

    private static long p99During(Attack attack) throws IOException {
        attackers.begin(attack);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        List<Long> took = new ArrayList<>();
        while (System.nanoTime() < end || took.size() < BASELINE) {
            took.add(sign());
        }
        for (int i = 0; i < NEW_CALLERS; i++) {
            try (var newcomer = Caller.of(home, "node-a")) {
                assertThat(newcomer.get("/v1/keys").statusCode()).isEqualTo(200);
            }
        }
        assertThat(appliance.health("ready")).contains("\"API answers\"").doesNotContain("DOWN");
        assertThat(attackers.stop()).as("connections").isPositive();
        return p99(took);
    }

    private static List<Long> sign(int blocks) {
        return IntStream.range(0, blocks).mapToObj(block -> sign()).toList();
    }

    private static long sign() {
        long begun = System.nanoTime();
        HttpResponse<String> answer = ledger.ask(node);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return System.nanoTime() - begun;
    }

    private static long p99(List<Long> took) {
        return took.stream().sorted().toList().get(took.size() * 99 / 100);
    }
}
