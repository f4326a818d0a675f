package org.sealkeeper.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.policy.PolicyRequest;

/** Prints how long a decision takes with a thousand grants of one operation, as Markdown. */
final class PolicyDecisions {
    private static final int GRANTS = 1_000;
    private static final int DECISIONS = 200_000;

    private PolicyDecisions() {}

    public static void main(String[] arguments) throws Exception {
        Policy policy = policy();
        var random = new Random(1);
        List<PolicyRequest> requests = IntStream.range(0, 4_096)
                .mapToObj(_ -> request(random.nextInt(GRANTS), random.nextInt(10) < 9, random.nextInt(GRANTS)))
                .toList();
        var samples = new Samples();
        int allowed = 0;
        for (int i = -DECISIONS; i < DECISIONS; i++) {
            PolicyRequest request = requests.get(Math.floorMod(i, requests.size()));
            long start = System.nanoTime();
            boolean isAllowed = policy.decide(request).isAllowed();
            long nanos = System.nanoTime() - start;
            if (i >= 0) {
                samples.add(nanos);
                allowed += isAllowed ? 1 : 0;
            }
        }
        print(samples.toArray(), allowed);
    }

    /** Each node signs its own chain; every tenth grant has a condition. */
    private static Policy policy() throws Exception {
        var text = new StringBuilder("roles:\n");
        IntStream.range(0, GRANTS)
                .forEach(n -> text.append("  node-%d: [{certificate: \"urn:node:%d\"}]%n".formatted(n, n)));
        text.append("grants:\n");
        for (int n = 0; n < GRANTS; n++) {
            text.append("  - {name: sign-%d, roles: [node-%d], operations: [sign-block], chains: [chain-%d]%s}%n"
                    .formatted(
                            n, n, n, n % 10 == 0 ? ", when: 'request.height >= 0 && now.getHours(\"UTC\") < 24'" : ""));
        }
        Path file = Files.createTempFile("policy", ".yaml");
        Files.writeString(file, text.append("denials: []\n...\n"));
        try {
            return Policy.load(file, KnownNames.ANY);
        } finally {
            Files.delete(file);
        }
    }

    private static PolicyRequest request(int node, boolean isOwnChain, int chain) {
        return new PolicyRequest(
                Caller.of(new CallerId("urn:node:" + node)),
                PolicyOperation.SIGN_BLOCK,
                Optional.of(new ChainName("chain-" + (isOwnChain ? node : chain))),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(node),
                Optional.empty(),
                Instant.parse("2026-01-31T12:00:00Z"));
    }

    private static void print(long[] nanos, int allowed) {
        Arrays.sort(nanos);
        System.out.printf(
                "| decision by %,d grants of one operation, %d %% allowed | µs |%n|---|---:|%n",
                GRANTS, 100L * allowed / nanos.length);
        for (int perMille : new int[] {500, 990, 999}) {
            System.out.printf(
                    "| p%s | %.1f |%n", perMille / 10.0, nanos[(int) (nanos.length * (perMille / 1000.0))] / 1e3);
        }
    }
}
