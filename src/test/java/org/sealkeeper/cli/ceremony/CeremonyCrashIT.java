package org.sealkeeper.cli.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.ceremony.CeremonySteps;
import org.sealkeeper.ceremony.TestOfficers;
import org.sealkeeper.cli.CommandHere;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.TestAppliance;

/** kill -9 at a random moment of {@code ceremony execute}, again and again. */
class CeremonyCrashIT {
    /** The profile {@code soak} has more. */
    private static final int ROUNDS = Integer.getInteger("sealkeeper.ceremonyKills", 3);

    @TempDir
    private Path folder;

    private Command on(String... words) {
        return CommandHere.run(
                folder,
                Stream.concat(Stream.of(words), Stream.of("--config", "@/appliance.yaml"))
                        .toArray(String[]::new));
    }

    @Test
    void aCeremonyKilledAtAnyMomentIsFinishedByTheNextRun() throws IOException, InterruptedException {
        TestAppliance appliance = TestAppliance.in(folder);
        appliance.write(
                "audit.yaml",
                "{origin: lab-a.example/log, rollbackProtection: every-group, witnesses: [], peers: []}\n");
        Files.copy(Path.of("src/test/resources/cli/policy/policy.yaml"), folder.resolve("policy.yaml"));
        Files.createDirectory(folder.resolve("requests"));
        new TestOfficers(folder).with("alice").with("bob").with("carol").write("none");
        Command _ = on("officers", "set", "-f", "@/officers.yaml").succeeded();
        var steps = new CeremonySteps(folder, words -> CommandHere.run(folder, words), this::on, "@/so.pin");
        var random = new Random(20_261_129);
        int killed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path request = round % 2 == 0 ? creation(appliance, steps, round) : rotation(steps, round - 1);
            String[] approvals = {steps.approve(request, "alice"), steps.approve(request, "bob")};
            killed += kill(request, approvals, random) ? 1 : 0;

            Command finished = steps.execute(request, approvals);
            boolean wasDoneBefore = finished.err().contains("counts once");
            assertThat(wasDoneBefore || finished.exitCode() == 0)
                    .as(finished.err())
                    .isTrue();
            Command plan = on("plan", "-f", "@/keys.yaml");
            assertThat(plan.out()).as(plan.err()).containsAnyOf("Nothing to do", "Changes: 0,");
            assertThat(plan.out().lines().filter(line -> line.startsWith("DRIFT")))
                    .as("what SoftHSM cannot destroy: an object that it had begun, without any attribute")
                    .allMatch(line -> line.contains("object without a readable CKA_CLASS, whose making was cut off"));
        }
        assertThat(killed).as("runs that died before their end").isGreaterThanOrEqualTo(ROUNDS / 2);
        assertThat(on("ceremony", "list").succeeded().out().lines())
                .hasSize(ROUNDS)
                .allMatch(line -> line.contains(" done: create-key") || line.contains(" done: rotate-key"));
        assertThat(on("keys", "list").succeeded().out().lines())
                .as("one version of each key signs")
                .filteredOn(line -> line.matches("r\\d+-a version .* active, .*"))
                .hasSize((ROUNDS + 1) / 2)
                .filteredOn(line -> line.contains(" version 2, "))
                .hasSize(ROUNDS / 2);
    }

    private static Path creation(TestAppliance appliance, CeremonySteps steps, int round) {
        appliance.write("keys.yaml", """
                keys:
                  - {alias: r%1$d-a, purpose: block-signing, algorithm: ES256}
                  - {alias: r%1$d-b, purpose: block-signing, algorithm: EdDSA}
                keyEncryptionKeys: [{alias: r%1$d-data}]
                """.formatted(round));
        return steps.request("plan", "-f", "@/keys.yaml");
    }

    /** Of a key that an earlier round made: a version is made, and signs in the place of the one before. */
    private static Path rotation(CeremonySteps steps, int round) {
        return steps.request("keys", "rotate", "--alias", "r" + round + "-a");
    }

    /** Somewhere from its first change on. */
    private boolean kill(Path request, String[] approvals, Random random) throws IOException, InterruptedException {
        Process run = Command.start(
                folder,
                "ceremony",
                "execute",
                request.toString(),
                "--config",
                "appliance.yaml",
                "--approval",
                approvals[0],
                "--approval",
                approvals[1]);
        try (var progress = run.errorReader()) {
            for (int begun = 1 + random.nextInt(3); begun > 0 && progress.readLine() != null; begun--) {}
            boolean _ = run.waitFor(random.nextInt(40), TimeUnit.MILLISECONDS);
            run.destroyForcibly();
        }
        return run.waitFor() != 0;
    }
}
