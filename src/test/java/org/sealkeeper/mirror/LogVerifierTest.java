package org.sealkeeper.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.KeyName;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.TrustPolicy;
import org.sealkeeper.testing.SoftwareLeaves;
import org.sealkeeper.testing.SoftwareLog;
import org.sealkeeper.testing.SoftwareNoteKey;

/** A log is valid, or the first thing that is wrong is found. */
class LogVerifierTest {
    private static final int SIZE = 600;
    /** Of bits in turn of each file; the profile {@code soak} has more. */
    private static final int FLIPS = Integer.getInteger("sealkeeper.logFlips", 250);

    private static final SoftwareLeaves LEAVES = new SoftwareLeaves(1);
    private static final List<byte[]> ENTRIES = LEAVES.entries(SIZE);
    private static final Map<String, byte[]> GOOD = SoftwareLog.cosigned(ENTRIES);
    private static final SoftwareNoteKey SECOND_WITNESS =
            SoftwareNoteKey.generate("lab-c.example/witness", NoteAlgorithm.COSIGNATURE_V1, 97);
    private static final CheckpointJudge BY_KEYS = new CheckpointJudge(TrustPolicy.ofLogKeys(SoftwareLog.VKEYS));
    private static final CheckpointJudge BY_POLICY =
            new CheckpointJudge(TrustPolicy.parse(SoftwareLog.POLICY.getBytes(StandardCharsets.UTF_8)));

    @Test
    void aGoodLogIsValidAndItsReportSaysWhatWasChecked() {
        assertThat(verify(BY_POLICY, GOOD)).isInstanceOfSatisfying(LogVerdict.Valid.class, valid -> {
            LogReport report = valid.report();
            assertThat(report.size()).isEqualTo(SIZE);
            assertThat(report.shape().bundles()).isEqualTo(3);
            assertThat(report.shape().tiles()).isEqualTo(4);
            assertThat(report.checkpoint().logKeys())
                    .containsExactlyInAnyOrder(SoftwareLog.ECDSA.verifier(), SoftwareLog.ED25519.verifier());
            assertThat(report.cosigned().orElseThrow().witnesses()).containsExactly(SoftwareLog.WITNESS.verifier());
            assertThat(report.first()).hasToString("Optional[2026-01-05T08:00:00Z]");
            assertThat(report.seenSize()).isEmpty();
            assertThat(report.remarks()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 512, 65_537})
    void aLogOfAnySizeIsValid(int size) {
        List<byte[]> entries = Collections.nCopies(size, LEAVES.entry(0));
        assertThat(verify(BY_KEYS, SoftwareLog.files(entries))).isInstanceOf(LogVerdict.Valid.class);
    }

    @Test
    void everyFlippedBitIsFound() {
        var random = new Random(1_000);
        List<String> paths = GOOD.keySet().stream().sorted().toList();
        List<Flip> flips = new ArrayList<>();
        for (int i = 0; i < FLIPS; i++) {
            String path = paths.get(i % paths.size());
            flips.add(new Flip(path, random.nextInt(GOOD.get(path).length * Byte.SIZE)));
        }
        assertThat(flips.parallelStream().filter(flip -> isValid(flip.files()))).isEmpty();
    }

    private static boolean isValid(Map<String, byte[]> files) {
        try {
            return verify(BY_POLICY, files) instanceof LogVerdict.Valid;
        } catch (MalformedLog e) {
            return false;
        }
    }

    /** One changed bit of one file. */
    private record Flip(String path, int bit) {
        byte[] bytes() {
            byte[] bytes = GOOD.get(path).clone();
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            return bytes;
        }

        Map<String, byte[]> files() {
            return with(path, bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "cosigned"})
    void noBitOfASignedNoteIsFree(String path) {
        int bits = GOOD.get(path).length * Byte.SIZE;
        assertThat(IntStream.iterate(0, bit -> bit < bits, bit -> bit + 11)
                        .parallel()
                        .filter(bit -> isTrusted(path, new Flip(path, bit).bytes()))
                        .boxed())
                .isEmpty();
        assertThat(isTrusted(path, GOOD.get(path))).isTrue();
    }

    private static boolean isTrusted(String path, byte[] note) {
        try {
            SignedCheckpoint signed = BY_POLICY.judge(path, note);
            return path.equals("checkpoint") || BY_POLICY.policy().isSatisfiedBy(signed.witnesses());
        } catch (InvalidLog | MalformedLog e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource
    void leavesThatAreChangedWithTheirTilesAreFound(String what, Consumer<List<byte[]>> change) {
        List<byte[]> entries = new ArrayList<>(ENTRIES);
        change.accept(entries);
        Map<String, byte[]> files = new HashMap<>();
        SoftwareLog.build(entries, files::put);
        files.put("checkpoint", GOOD.get("checkpoint"));
        assertThat(verify(BY_KEYS, files)).as(what).isInstanceOf(LogVerdict.Invalid.class);
    }

    static Stream<Object[]> leavesThatAreChangedWithTheirTilesAreFound() {
        return Stream.of(
                change("dropped", entries -> entries.remove(SIZE / 2 + 4)),
                change("first dropped", entries -> entries.remove(0)),
                change("truncated", entries -> entries.removeLast()),
                change("appended", entries -> entries.add(LEAVES.entry(SIZE))),
                change("inserted", entries -> entries.add(10, new SoftwareLeaves(2).entry(10))),
                change("duplicated", entries -> entries.add(4, entries.get(4))),
                change("reordered", entries -> Collections.swap(entries, 3, 4)),
                change("replaced", entries -> entries.set(4, new SoftwareLeaves(2).entry(4))),
                change("replaced by its neighbour", entries -> entries.set(4, entries.get(9))));
    }

    private static Object[] change(String what, Consumer<List<byte[]>> change) {
        return new Object[] {what, change};
    }

    @ParameterizedTest
    @MethodSource
    void filesThatAreChangedAreNamed(String what, Map<String, byte[]> files, String where, String reason) {
        assertInvalid(verify(BY_POLICY, files), where, reason);
    }

    static Stream<Object[]> filesThatAreChangedAreNamed() {
        byte[] bundle = GOOD.get("tile/entries/001");
        byte[] tile = GOOD.get("tile/0/001");
        return Stream.of(new Object[][] {
            {
                "bundles swapped",
                with(Map.of("tile/entries/001", GOOD.get("tile/entries/000"), "tile/entries/000", bundle)),
                "leaf 1",
                "begun"
            },
            {"bundle repeated", with("tile/entries/000", bundle), "leaf 1", "begun"},
            {"bundle missing", without("tile/entries/001"), "tile/entries/001", "found none"},
            {"bundle cut", with("tile/entries/001", cut(bundle)), "tile/entries/001", "bytes of entry 255"},
            {"bundle longer", with("tile/entries/002.p/88", bundle), "tile/entries/002.p/88", "expected 88 entries"},
            {"bundle empty", with("tile/entries/001", new byte[0]), "tile/entries/001", "expected 256 entries, found 0"
            },
            {"tile missing", without("tile/0/001"), "tile/0/001", "found none"},
            {"tile cut", with("tile/0/001", cut(tile)), "tile/0/001", "expected 8192 bytes, found 8191"},
            {"tiles swapped", with("tile/0/001", GOOD.get("tile/0/000")), "tile/0/001", "another hash 0"},
            {"upper tile missing", without("tile/1/000.p/2"), "tile/1/000.p/2", "found none"},
            {"cosigned missing", without("cosigned"), "cosigned", "quorum"},
            {"a tile too many", with("tile/0/003", tile), "tile/0/003", "no such file"},
            {"a narrower tile", with("tile/0/001.p/7", tile), "tile/0/001.p/7", "no such file"},
        });
    }

    @Test
    void whatHasNoSignedCheckpointIsNoLogAndNotAnInvalidOne() {
        var note = new String(GOOD.get("checkpoint"), UTF_8);
        String unsigned = note.substring(0, note.indexOf("\n\n") + 1);
        for (String text : List.of(unsigned, note.replace("\n", "\r\n"), "\ufeff" + note, note + "\n", "<html>")) {
            assertThatThrownBy(() -> verify(BY_POLICY, with("checkpoint", text.getBytes(UTF_8))))
                    .isInstanceOf(MalformedLog.class)
                    .hasMessageStartingWith("checkpoint: ")
                    .hasMessageContaining("no signature was judged");
        }
        assertThatThrownBy(() -> verify(BY_POLICY, without("checkpoint")))
                .isInstanceOf(MalformedLog.class)
                .hasMessageStartingWith("checkpoint: expected this file, found none");
    }

    @Test
    void aLogThatIsShorterThanSeenWasRolledBack() {
        assertInvalid(verify(SoftwareLog.files(LEAVES.entries(500)), seen(LEAVES, 501)), "checkpoint", "rolled back");
    }

    @Test
    void aLogThatIsNotTheOneSeenWasForked() {
        Map<String, byte[]> forked = SoftwareLog.files(new SoftwareLeaves(2).entries(SIZE));
        assertInvalid(verify(forked, seen(LEAVES, 500)), "checkpoint.seen", "forked");
        assertInvalid(verify(forked, seen(LEAVES, SIZE)), "checkpoint.seen", "expected its root");
    }

    @Test
    void aLogMayGrowFromTheOneSeen() {
        for (int size : new int[] {0, 1, 300, SIZE}) {
            assertThat(verify(GOOD, seen(LEAVES, size)))
                    .isInstanceOfSatisfying(
                            LogVerdict.Valid.class,
                            valid -> assertThat(valid.report().seenSize()).isEqualTo(OptionalLong.of(size)));
        }
    }

    /** A log is not called invalid for want of a line that is there, and that this version cannot check. */
    @Test
    void aQuorumThatNeedsAnUnknownTypeIsNotJudged() {
        String future = "future.example/w+deadbeef+fwEC";
        var judge = new CheckpointJudge(TrustPolicy.parse(SoftwareLog.POLICY
                .replace(
                        "quorum lab-b",
                        "witness f " + future + "\nwitness g " + SECOND_WITNESS.verifier()
                                + "\ngroup all 2 lab-b f g\nquorum all")
                .getBytes(StandardCharsets.UTF_8)));
        assertInvalid(verify(judge, GOOD), "cosigned", "quorum");
        Note cosigned = Note.parse(GOOD.get("cosigned"))
                .with(NoteSignature.of(new KeyName("future.example/w"), 0xdeadbeef, new byte[9]));
        Map<String, byte[]> files = with("cosigned", cosigned.bytes());
        assertThatThrownBy(() -> verify(judge, files))
                .isInstanceOf(SourceFault.class)
                .hasMessageContaining("verify with a newer version");
        assertThat(verify(BY_KEYS, files)).isInstanceOf(LogVerdict.Valid.class);
    }

    @Test
    void aKeyOfAnUnknownTypeIsLeftOutAndItsLineIsNoStranger() {
        String future = SoftwareLog.ORIGIN + "+deadbeef+fwEC\n";
        var judge = new CheckpointJudge(TrustPolicy.ofLogKeys(SoftwareLog.VKEYS + future));
        Note signed = Note.parse(GOOD.get("checkpoint"))
                .with(NoteSignature.of(new KeyName(SoftwareLog.ORIGIN), 0xdeadbeef, new byte[9]));
        Map<String, byte[]> files = with("checkpoint", signed.bytes());
        assertThat(verify(judge, files))
                .isInstanceOfSatisfying(
                        LogVerdict.Valid.class,
                        valid -> assertThat(valid.report().remarks())
                                .contains("keys of types not known to this version, not checked: 1"));
        assertInvalid(verify(BY_KEYS, files), "checkpoint", "by the keys given alone");
    }

    @Test
    void aCheckpointOfAnotherKeyOrWithoutOneKeyIsRefused() {
        var other = SoftwareNoteKey.generate(SoftwareLog.ORIGIN, NoteAlgorithm.ED25519, 99);
        var stranger = SoftwareNoteKey.generate("stranger.example", NoteAlgorithm.ED25519, 98);
        var judge = new CheckpointJudge(TrustPolicy.ofLogKeys(other.verifier() + "\n"));
        assertInvalid(verify(judge, GOOD), "cosigned", "expected a signature of");
        assertInvalid(verify(judge, without("cosigned")), "checkpoint", "expected a signature of");
        assertInvalid(
                verify(new CheckpointJudge(TrustPolicy.ofLogKeys(stranger.verifier() + "\n")), without("cosigned")),
                "checkpoint",
                "of another name");
        Checkpoint checkpoint = SoftwareLog.build(ENTRIES, (path, bytes) -> {});
        String text = checkpoint.text();
        var half = new Note(text, List.of(SoftwareLog.ECDSA.sign(text)));
        assertInvalid(verify(BY_KEYS, with("checkpoint", half.bytes())), "checkpoint", "expected a signature of");
        Note more = SoftwareLog.sign(checkpoint, other);
        assertInvalid(verify(BY_KEYS, with("checkpoint", more.bytes())), "checkpoint", "by the keys given alone");
        Note remarked = SoftwareLog.sign(checkpoint, stranger);
        assertThat(verify(BY_POLICY, with("checkpoint", remarked.bytes())))
                .isInstanceOfSatisfying(
                        LogVerdict.Valid.class,
                        valid -> assertThat(valid.report().remarks())
                                .singleElement()
                                .asString()
                                .contains("not checked: 1"));
    }

    @Test
    void whatWasCosignedMustBeOfThisLog() {
        Checkpoint forked = SoftwareLog.build(new SoftwareLeaves(2).entries(500), (path, bytes) -> {});
        byte[] note = SoftwareLog.sign(forked, SoftwareLog.WITNESS).bytes();
        assertInvalid(verify(BY_POLICY, with("cosigned", note)), "cosigned", "expected its root");
        Checkpoint longer = SoftwareLog.build(LEAVES.entries(SIZE + 1), (path, bytes) -> {});
        byte[] newer = SoftwareLog.sign(longer, SoftwareLog.WITNESS).bytes();
        assertInvalid(verify(BY_POLICY, with("cosigned", newer)), "checkpoint", "as cosigned says");
    }

    private static SignedCheckpoint seen(SoftwareLeaves leaves, int size) {
        Checkpoint checkpoint = SoftwareLog.build(leaves.entries(size), (path, bytes) -> {});
        return BY_KEYS.remembered("seen", SoftwareLog.sign(checkpoint).bytes());
    }

    private static LogVerdict verify(Map<String, byte[]> files, SignedCheckpoint seen) {
        return new LogVerifier(BY_KEYS, new FilesInMemory(files), (done, total) -> {})
                .verify(Optional.of(seen), Optional.empty());
    }

    private static LogVerdict verify(CheckpointJudge judge, Map<String, byte[]> files) {
        return new LogVerifier(judge, new FilesInMemory(files), (done, total) -> {})
                .verify(Optional.empty(), Optional.empty());
    }

    private static Map<String, byte[]> with(String path, byte[] bytes) {
        return with(Map.of(path, bytes));
    }

    private static Map<String, byte[]> with(Map<String, byte[]> changed) {
        Map<String, byte[]> files = new LinkedHashMap<>(GOOD);
        files.putAll(changed);
        return files;
    }

    private static Map<String, byte[]> without(String path) {
        Map<String, byte[]> files = new LinkedHashMap<>(GOOD);
        files.remove(path);
        return files;
    }

    private static byte[] cut(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length - 1);
    }

    static void assertInvalid(LogVerdict verdict, String where, String reason) {
        assertThat(verdict).isInstanceOfSatisfying(LogVerdict.Invalid.class, invalid -> {
            assertThat(invalid.where()).isEqualTo(where);
            assertThat(invalid.reason()).contains(reason);
        });
    }
}
