package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.Home;

/**
 * Signs and releases until what leaks would show: in the second half the process takes no more of anything, but for what is known
 * of SoftHSM. {@code -Dsealkeeper.signatures}
 * and {@code -Dsealkeeper.releases} say how often; the profile {@code soak} has a million and 200,000.
 */
class SoakIT {
    private static final int SIGNATURES = Integer.getInteger("sealkeeper.signatures", 6_000);
    private static final int RELEASES = Integer.getInteger("sealkeeper.releases", 600);
    private static final int BATCH = 250;

    /** Each release makes a key in the token and destroys it. SoftHSM 2.6 keeps its shell until the library is finalized. */
    private static final long BYTES_SOFT_HSM_KEEPS = 250;

    private static final List<String> CHAINS = List.of("lab-a", "edwards");

    private static final String POLICY = """
            roles:
              nodes: [{certificate: "urn:sealkeeper:node:node-a"}]
              labs: [{certificate: "urn:sealkeeper:lab:lab-a"}]
            grants:
              - {name: nodes-sign, roles: [nodes], operations: [sign-block, read-chain], chains: [lab-a, edwards]}
              - {name: lab-seals, roles: [labs], operations: [generate-data-key], keys: [patient-data]}
              - {name: lab-opens, roles: [labs], operations: [unwrap-data-key], keys: [patient-data], purposes: [HOPERAT]}
            denials: []
            separationExceptions: []
            ...
            """;

    private static final String CONTEXT = "\"context\":{\"report\":\"r-1\",\"lab\":\"lab-a\"},\"recipient\":\"lab-a\"";

    @TempDir
    static Path folder;

    @Test
    void whatTheProcessHoldsIsTheSameHoweverMuchItHasDone() throws Exception {
        Home home = Home.provision(folder);
        home.write("policy.yaml", POLICY);
        home.enroll("lab-a");
        FaultyModule token = home.faultyToken();
        try (var appliance = ApplianceProcess.startWith(home, ProcessHolding.JVM_OPTIONS)) {
            var process = new ProcessHolding(home, token, appliance);
            work(home, 0, SIGNATURES / 2, RELEASES / 2);
            ProcessHolding.Held middle = process.now();
            process.rememberNativeMemory();

            work(home, SIGNATURES / 2, SIGNATURES, RELEASES - RELEASES / 2);

            ProcessHolding.Held end = process.now();
            long kept = (RELEASES - RELEASES / 2) * BYTES_SOFT_HSM_KEEPS / 1024;
            System.out.printf(
                    "%,d signatures, %,d releases%nin the middle: %s%nat the end:    %s%n%s%n",
                    SIGNATURES, RELEASES, middle, end, process.nativeGrowth(end.since(middle), kept));
            end.assertThatItIsNoMoreThan(middle, kept);
            assertThat(appliance.output()).doesNotContain("ERROR", "WARN", "\tat ");
        }
    }

    /** Signs all blocks of numbers in this range, spread over the chains, and releases so many data keys. */
    private static void work(Home home, int from, int to, int releases) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (var workers = Executors.newCachedThreadPool()) {
            for (String chain : CHAINS) {
                all.add(workers.submit(() -> sign(home, chain, from / CHAINS.size(), to / CHAINS.size())));
            }
            all.add(workers.submit(() -> release(home, releases)));
            for (Future<?> work : all) {
                work.get();
            }
        }
    }

    private static void sign(Home home, String chain, int from, int to) {
        try (var node = Caller.of(home, "node-a")) {
            for (int height = from; height < to; height += BATCH) {
                List<String> blocks = new ArrayList<>();
                for (int next = height; next < Math.min(height + BATCH, to); next++) {
                    blocks.add(Blocks.request(chain, next).replace("{", "{\"chain\":\"" + chain + "\","));
                }
                accept(200, node.post("/v1/blocks/batch", "{\"blocks\":[" + String.join(",", blocks) + "]}"));
            }
        }
    }

    private static void release(Home home, int releases) {
        try (var lab = Caller.of(home, "lab-a")) {
            for (int done = 0; done < releases; done += BATCH) {
                String made = accept(201, lab.post("/v1/data-keys", "{\"key\":\"patient-data\"," + CONTEXT + "}"));
                String key =
                        "{\"wrapped\":\"" + Blocks.json(made).get("wrapped").asText()
                                + "\",\"purposeOfUse\":\"HOPERAT\"," + CONTEXT + "}";
                List<String> keys = Collections.nCopies(Math.min(BATCH, releases - done), key);
                accept(200, lab.post("/v1/data-keys/unwrap/batch", "{\"keys\":[" + String.join(",", keys) + "]}"));
            }
        }
    }

    private static String accept(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("\"problem\"");
        return answer.body();
    }
}
