package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.edge.Attack;
import org.sealkeeper.edge.Attackers;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.Ledger;

/** Strangers attack the listener with real connections from one address: callers with a certificate hardly notice. */
class AttacksIT {
    private static final int STRENGTH = 4;
    private static final int NEW_CALLERS = 5;
    private static final long SECONDS = Long.getLong("sealkeeper.attackSeconds", 3);
    private static final int WARM_UP = 400;
    private static final int BASELINE = 400;

    @TempDir
    private static Path folder;

    private static Home home;
    private static ApplianceProcess appliance;
    private static ProcessRecord process;
    private static Caller node;
    private static Ledger ledger;
    private static ProcessRecord.Use useBefore;
    private static long usualNanos;

    @BeforeAll
    static void start() throws Exception {
        home = Home.provision(folder);
        appliance = ApplianceProcess.startWith(home, ProcessRecord.OF_A_FIXED_HEAP);
        process = new ProcessRecord(home, appliance);
        node = Caller.of(home, "node-a");
        ledger = new Ledger(node.get("/.well-known/jwks.json").body());
        p99Nanos(WARM_UP);
        usualNanos = p99Nanos(BASELINE);
        useBefore = process.use();
    }

    @AfterAll
    static void stop() throws Exception {
        ProcessRecord.Use use = process.use();
        node.close();
        appliance.close();
        assertThat(use.liveHeapBytes()).as("%s, %s", useBefore, use).isLessThan(useBefore.liveHeapBytes() * 13 / 10);
        assertThat(appliance.output()).doesNotContain("ERROR", "OutOfMemory", "\tat ");
    }

    @ParameterizedTest
    @EnumSource(Attack.class)
    void aKnownCallerIsServedAsBeforeAndOneWhoComesIsLetIn(Attack attack) throws Exception {
        try (var attackers = new Attackers(
                attack, STRENGTH, home.port(), Caller.tls(home.folder().resolve("pki/ca.pem"), null, null))) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            long[] took = new long[100_000];
            int requests = 0;
            while (System.nanoTime() < end) {
                took[requests++] = sign();
            }
            for (int i = 0; i < NEW_CALLERS; i++) {
                try (var newcomer = Caller.of(home, "node-a")) {
                    assertThat(newcomer.get("/v1/keys").statusCode()).isEqualTo(200);
                }
            }
            assertThat(appliance.health("ready")).contains("\"API answers\"").doesNotContain("DOWN");
            long p99 = p99(Arrays.copyOf(took, requests));
            System.out.printf(
                    "%s: %d connections, %d requests, p99 %d us, before %d us, %s%n",
                    attack, attackers.connections(), requests, p99 / 1_000, usualNanos / 1_000, process.use());
            assertThat(p99).as("%s", attack).isLessThan(5 * usualNanos);
        }
    }

    private static long p99Nanos(int requests) {
        long[] took = new long[requests];
        for (int i = 0; i < requests; i++) {
            took[i] = sign();
        }
        return p99(took);
    }

    private static long sign() {
        long begun = System.nanoTime();
        HttpResponse<String> answer = ledger.ask(node);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return System.nanoTime() - begun;
    }

    private static long p99(long[] took) {
        Arrays.sort(took);
        return took[took.length * 99 / 100];
    }
}
