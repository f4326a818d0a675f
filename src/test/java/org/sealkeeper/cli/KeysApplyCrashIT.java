package org.sealkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.TestAppliance;

class KeysApplyCrashIT {
    /** The profile {@code soak} has more. */
    private static final int ROUNDS = Integer.getInteger("sealkeeper.kills", 3);

    private static final int KEYS_PER_ROUND = 4;
    private static final long SEED = 20260301;

    @TempDir
    private Path folder;

    @Test
    void aRunKilledAtAnyMomentIsCompletedByTheNext() throws IOException, InterruptedException {
        TestAppliance appliance = TestAppliance.in(folder);
        var random = new Random(SEED);
        var allKeys = new StringBuilder("keys:\n");
        var allKeyEncryptionKeys = new StringBuilder("keyEncryptionKeys:\n");
        int killed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String keys = declared(round);
            String keyEncryptionKey = "  - {alias: r%d-data}%n".formatted(round);
            allKeys.append(keys);
            allKeyEncryptionKeys.append(keyEncryptionKey);
            appliance.write("keys.yaml", "keys:\n" + keys + "keyEncryptionKeys:\n" + keyEncryptionKey);
            killed += killAtSomeMoment(random) ? 1 : 0;
            assertThat(outcomes()).hasSize(KEYS_PER_ROUND + 1);
        }
        assertThat(killed).as("runs that died before their end").isGreaterThanOrEqualTo(ROUNDS / 2);
        appliance.write("keys.yaml", allKeys.toString() + allKeyEncryptionKeys);
        assertThat(outcomes()).hasSize(ROUNDS * (KEYS_PER_ROUND + 1)).allMatch(line -> line.endsWith(": unchanged"));
    }

    private static String declared(int round) {
        var declared = new StringBuilder();
        for (int key = 0; key < KEYS_PER_ROUND; key++) {
            declared.append("  - {alias: r%d-k%d, purpose: block-signing, algorithm: ES256}%n".formatted(round, key));
        }
        return declared.toString();
    }

    /** Runs the command to its end; what it did, one line a key. */
    private List<String> outcomes() {
        Command completed =
                CommandHere.run(folder, "keys", "apply", "--config", "@/appliance.yaml", "-f", "@/keys.yaml");
        assertThat(completed.exitCode()).as(completed.err()).isZero();
        return completed.out().lines().toList();
    }

    /** Lets a run make a few keys, and a few milliseconds more, and kills it. */
    private boolean killAtSomeMoment(Random random) throws IOException, InterruptedException {
        Process run = Command.start(folder, keysApply());
        int made = random.nextInt(KEYS_PER_ROUND - 1);
        try (var out = run.inputReader()) {
            for (String line = out.readLine(); line != null && made > 0; line = out.readLine()) {
                made--;
            }
            boolean _ = run.waitFor(random.nextInt(30), TimeUnit.MILLISECONDS);
            run.destroyForcibly();
        }
        return run.waitFor() != 0;
    }

    private static String[] keysApply() {
        return new String[] {"keys", "apply", "--config", "appliance.yaml", "-f", "keys.yaml"};
    }
}
