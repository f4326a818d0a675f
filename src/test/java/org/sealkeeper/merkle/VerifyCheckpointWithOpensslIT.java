package org.sealkeeper.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The auditor's script without our code, on checkpoints and proofs that are right and wrong. */
class VerifyCheckpointWithOpensslIT {
    private static final Path SCRIPT =
            Path.of("deployment/verify-checkpoint-with-openssl").toAbsolutePath();
    private static final String ORIGIN = "lab-a.example/sealkeeper";
    private static final NoteSigner KEY = NoteSigner.of(ORIGIN, NoteAlgorithm.ECDSA);
    private static final NoteSigner RETIRED = NoteSigner.of(ORIGIN, NoteAlgorithm.ECDSA);
    private static final NoteSigner ED25519 = NoteSigner.of(ORIGIN, NoteAlgorithm.ED25519);
    private static final NoteSigner STRANGER = NoteSigner.of(ORIGIN, NoteAlgorithm.ECDSA);
    private static final int SIZE = 7;
    /** Each takes a third of a second; the profile {@code soak} has more. */
    private static final int FLIPS = Integer.getInteger("sealkeeper.flips", 20);

    @TempDir
    Path folder;

    private record Run(int exit, String output) {}

    @Test
    void aCheckpointIsValidByItsEcdsaLine() throws Exception {
        Run run = run(note(SIZE, ED25519, KEY).toString());

        assertThat(run)
                .isEqualTo(new Run(
                        0,
                        "checkpoint of " + ORIGIN + ": 7 leaves, root "
                                + MapOfTiles.ofSize(SIZE).tree().root().base64() + ": valid\n"));
        assertThat(run(note(SIZE, RETIRED).toString()).exit()).isZero();
    }

    @Test
    void aFlippedBitIsFound() throws Exception {
        byte[] good = note(SIZE, KEY).bytes();
        var random = new Random(3);
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = good.clone();
            int bit = random.nextInt(good.length * Byte.SIZE);
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Files.write(folder.resolve("flipped"), flipped);

            assertThat(run(vkeys(), "flipped").exit()).as("bit %d", bit).isIn(1, 2);
        }
    }

    @Test
    void aSignatureThatIsNotTheLogsIsWorthNothing() throws Exception {
        String none = "expected the signature of an ECDSA key";
        assertInvalid(note(SIZE, ED25519).toString(), none);
        assertInvalid(note(SIZE, STRANGER).toString(), none);
        Note mixed = new Note(note(9, KEY).text(), note(SIZE, KEY).signatures());
        assertInvalid(
                mixed.toString(),
                "the signature is not that of key " + KEY.verifier().keyIdText());
        assertInvalid(note(SIZE, KEY).with(KEY.sign("another text\n")).toString(), "the signature is not that of key");
        assertInvalid(note(SIZE, KEY).toString().replace("lab-a", "lab-b"), "expected the log lab-a");
    }

    @Test
    void whatIsNoCheckpointIsUnreadableAndNotInvalid() throws Exception {
        String good = note(SIZE, KEY).toString();
        assertUnreadable("", "whole lines");
        assertUnreadable("x\n", "origin, size and root");
        assertUnreadable(good.replace("\n", "\r\n"), "origin, size and root");
        assertUnreadable(good.replace("\n7\n", "\nseven\n"), "expected a size");
    }

    @Test
    void marksAndBlankLinesOfEditorsInVkeysAreNoFault() throws Exception {
        Files.writeString(folder.resolve("checkpoint"), note(SIZE, KEY).toString());
        assertThat(run("\ufeff" + vkeys().replace("\n", "\r\n") + "\r\n", "checkpoint")
                        .exit())
                .isZero();
        assertThat(run(vkeys().strip(), "checkpoint").exit()).isZero();
    }

    private void assertUnreadable(String note, String reason) throws Exception {
        Run run = run(note);
        assertThat(run.output()).contains(reason).endsWith("no signature was judged\n");
        assertThat(run.exit()).isEqualTo(2);
    }

    @Test
    void aVkeyWhoseKeyIdIsNotItsOwnIsWrongUsage() throws Exception {
        String vkey = KEY.verifier().toString();
        Files.writeString(folder.resolve("checkpoint"), note(SIZE, KEY).toString());

        Run run = run(vkey.replace("+" + KEY.verifier().keyIdText() + "+", "+00000000+") + "\n", "checkpoint");

        assertThat(run.output()).contains("the key id 00000000 is not that of its key");
        assertThat(run.exit()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 300})
    void everyLeafIsProvenAndNoOther(int size) throws Exception {
        for (int index : List.of(0, size / 2, size - 1)) {
            assertThat(runProof(proof(index, size).toString(), NaiveTree.entry(index)))
                    .satisfies(run -> assertThat(run.exit()).as(run.output()).isZero())
                    .satisfies(run -> assertThat(run.output()).startsWith("leaf " + index + ": in the log\n"));
        }
        assertThat(runProof(proof(0, size).toString(), NaiveTree.entry(1)).exit())
                .isEqualTo(1);
    }

    @Test
    void aWrongProofProvesNothing() throws Exception {
        TlogProof good = proof(4, SIZE);
        List<TlogProof> wrong = new ArrayList<>();
        Altered.allOf(good.hashes()).forEach(hashes -> wrong.add(new TlogProof(4, hashes, good.checkpoint())));
        for (int index : new int[] {0, 3, 5, 6, 7, 12}) {
            wrong.add(new TlogProof(index, good.hashes(), good.checkpoint()));
        }
        wrong.add(new TlogProof(4, good.hashes(), note(8, KEY)));
        for (TlogProof proof : wrong) {
            Run run = runProof(proof.toString(), NaiveTree.entry(4));
            assertThat(run.exit()).as(run.output()).isEqualTo(1);
            assertThat(run.output()).endsWith(": invalid\n");
        }
    }

    private static Note note(int size, NoteSigner... signers) {
        String text = new Checkpoint(
                        new Origin(ORIGIN), size, MapOfTiles.ofSize(size).tree().root())
                .text();
        return new Note(
                text, Arrays.stream(signers).map(signer -> signer.sign(text)).toList());
    }

    private static TlogProof proof(int index, int size) {
        List<TreeHash> hashes =
                InclusionProof.of(index, size, MapOfTiles.ofSize(size).tree()).hashes();
        return new TlogProof(index, hashes, note(size, ED25519, KEY));
    }

    private void assertInvalid(String note, String reason) throws Exception {
        Run run = run(note);
        assertThat(run.output()).contains(reason).endsWith(": invalid\n");
        assertThat(run.exit()).isEqualTo(1);
    }

    private Run run(String note) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("checkpoint"), note);
        return run(vkeys(), "checkpoint");
    }

    private Run runProof(String proof, byte[] leaf) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("proof"), proof);
        Files.write(folder.resolve("leaf"), leaf);
        return run(vkeys(), "proof", "leaf");
    }

    private static String vkeys() {
        return RETIRED.verifier() + "\n" + ED25519.verifier() + "\n" + KEY.verifier() + "\n";
    }

    private Run run(String vkeys, String... files) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("vkeys"), vkeys);
        List<String> line = new ArrayList<>(List.of(SCRIPT.toString(), "vkeys"));
        line.addAll(List.of(files));
        var process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output);
    }
}
