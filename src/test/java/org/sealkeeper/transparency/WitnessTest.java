package org.sealkeeper.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.AuditFile.Peer;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.NoteKey;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.merkle.AddCheckpoint;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.CompactRange;
import org.sealkeeper.merkle.ConsistencyProof;
import org.sealkeeper.merkle.HashReader;
import org.sealkeeper.merkle.KeyName;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TimedSignature;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.SoftwareNoteKey;
import org.sealkeeper.testing.TestLog;

/** A witness holds checkpoints against C2SP tlog-witness, sentence by sentence. Each test has a log of its own. */
class WitnessTest {
    private static final List<TreeHash> LEAVES = IntStream.range(0, 40)
            .mapToObj(number -> TreeHash.ofLeaf(("leaf " + number).getBytes(UTF_8)))
            .toList();
    private static final SoftwareNoteKey OWN =
            SoftwareNoteKey.generate("witness.example/w", NoteAlgorithm.COSIGNATURE_V1, 41);
    private static final SoftwareNoteKey SECOND = key("two-keys.example/log", 43);
    private static final Origin SPACED = new Origin("Log of lab C, since 2019");
    private static final KeyPair ML_DSA = mlDsa();
    private static final VerifierKey PQ = VerifierKey.of(
            new KeyName("pq.example/log"),
            NoteAlgorithm.ML_DSA_44,
            ML_DSA.getPublic().getEncoded());

    @TempDir
    private static Path folder;

    private static TestLog appliance;
    private static Store store;
    private static AuditLog audit;
    private static Instant now = Instant.parse("2026-07-01T00:00:00Z");
    private static Witness witness;

    @BeforeAll
    static void open() {
        appliance = TestLog.in(folder);
        store = appliance.openStore();
        audit = appliance.open(store);
        List<Peer> peers = new ArrayList<>(List.of(
                new Peer(SECOND.verifier().name().origin(), SECOND.verifier()),
                new Peer(SPACED, key("lab-c.example/key-1", 44).verifier()),
                new Peer(PQ.name().origin(), PQ)));
        for (String name : List.of("false", "empty", "root", "served", "rest", "spelled", "two-keys", "counted")) {
            SoftwareNoteKey key = log(name);
            peers.add(new Peer(key.verifier().name().origin(), key.verifier()));
        }
        var own = new NoteKey(OWN.verifier(), message -> CompletableFuture.completedStage(signed(OWN, message)));
        witness = new Witness(store, audit, () -> List.of(own), peers, () -> now);
    }

    @AfterAll
    static void close() {
        audit.close();
        store.close();
        appliance.close();
    }

    /** "a signature line's key name and ID match a trusted key but the signature itself fails to verify": 403. */
    @Test
    void aFalseLineOfATrustedKeyBesideATrueOneIsForbidden() {
        Note good = signed(log("false"), checkpoint("false.example/log", 10));
        Note mixed = good.with(log("false").verifier().line(new byte[64]));
        assertThat(judge(0, mixed)).isEqualTo(new CosigningOutcome.NotSigned());
        Note first = new Note(
                good.text(),
                List.of(mixed.signatures().getLast(), mixed.signatures().getFirst()));
        assertThat(judge(0, first)).isEqualTo(new CosigningOutcome.NotSigned());
        assertThat(judge(0, good)).isInstanceOf(CosigningOutcome.Cosigned.class);
    }

    @Test
    void aFalseLineOfOneTrustedKeyIsForbiddenBesideATrueOneOfAnother() {
        Note good = signed(log("two-keys"), checkpoint("two-keys.example/log", 10));
        assertThat(judge(0, good.with(SECOND.verifier().line(new byte[64]))))
                .isEqualTo(new CosigningOutcome.NotSigned());
        assertThat(judge(0, good.with(SECOND.sign(good.text())))).isInstanceOf(CosigningOutcome.Cosigned.class);
    }

    /** A key's line has one spelling; that of an unknown key is not judged. */
    @Test
    void aTrustedLineInBase64ThatIsNotCanonicalIsForbidden() {
        Note good = signed(log("spelled"), checkpoint("spelled.example/log", 10));
        String line = good.signatures().getFirst().line();
        // 68 bytes leave two bits of the last character unused.
        assertThat(line).endsWith("=");
        for (String other : new String[] {line.substring(0, line.length() - 1), stray(line)}) {
            var respelled = NoteSignature.parse(other);
            assertThat(respelled.signature())
                    .isEqualTo(good.signatures().getFirst().signature());
            assertThat(judge(0, new Note(good.text(), List.of(respelled)))).isEqualTo(new CosigningOutcome.NotSigned());
        }
        Note beside = good.with(NoteSignature.parse(stray(line).replace("spelled", "stranger")));
        assertThat(judge(0, beside)).isInstanceOf(CosigningOutcome.Cosigned.class);
    }

    /** The same bytes, with a bit set that base64 leaves over. */
    private static String stray(String line) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        int at = line.indexOf('=') - 1;
        char last = alphabet.charAt(alphabet.indexOf(line.charAt(at)) + 1);
        return line.substring(0, at) + last + line.substring(at + 1);
    }

    /** "A checkpoint of size zero MUST have the root hash of the empty tree": 422, and the honest log is not locked out. */
    @Test
    void anEmptyTreeHasTheRootOfTheEmptyTree() {
        var origin = new Origin("empty.example/log");
        String forged = new Checkpoint(origin, 0, LEAVES.getFirst()).text();
        assertThat(judge(0, signed(log("empty"), forged))).isEqualTo(new CosigningOutcome.NotProven());
        assertThat(witness.lastCosigned(origin)).isEmpty();

        String empty = new Checkpoint(origin, 0, TreeHash.EMPTY_ROOT).text();
        assertThat(judge(0, signed(log("empty"), empty))).isInstanceOf(CosigningOutcome.Cosigned.class);
        assertThat(judge(0, signed(log("empty"), forged))).isEqualTo(new CosigningOutcome.NotProven());
        assertThat(judge(0, signed(log("empty"), checkpoint("empty.example/log", 5))))
                .isInstanceOf(CosigningOutcome.Cosigned.class);
        assertThat(judge(0, signed(log("empty"), empty))).isEqualTo(new CosigningOutcome.SawOtherSize(5));
    }

    /** "If the old size matches the checkpoint size, the witness MUST check that the root hashes are also identical". */
    @Test
    void theSameSizeWithAnotherRootIsRefused() {
        var origin = new Origin("root.example/log");
        assertThat(judge(0, signed(log("root"), checkpoint("root.example/log", 10))))
                .isInstanceOf(CosigningOutcome.Cosigned.class);
        String forged = new Checkpoint(origin, 10, LEAVES.getFirst()).text();
        assertThat(judge(10, signed(log("root"), forged))).isEqualTo(new CosigningOutcome.OtherRoot());
        assertThat(judge(0, signed(log("root"), forged))).isEqualTo(new CosigningOutcome.SawOtherSize(10));
        assertThat(judge(11, signed(log("root"), forged))).isEqualTo(new CosigningOutcome.OldIsLarger());
    }

    /** "it MUST include the cosignature(s) … that were returned from add-checkpoint and the cosignature from the log key(s)". */
    @Test
    void whatMonitorsAreServedBearsTheLinesOfBothAndNoOthers() {
        var origin = new Origin("served.example/log");
        assertThat(witness.lastCosigned(origin)).isEmpty();
        Note shown = signed(log("served"), checkpoint("served.example/log", 10))
                .with(NoteSignature.of(new KeyName("stranger.example"), 1, new byte[64]));
        NoteSignature line =
                ((CosigningOutcome.Cosigned) judge(0, shown)).lines().getFirst();

        Note served = witness.lastCosigned(origin).orElseThrow();
        assertThat(served.text()).isEqualTo(shown.text());
        assertThat(served.signatures()).containsExactly(shown.signatures().getFirst(), line);
    }

    @Test
    void aLogAtRestIsGivenTheTimeOfNowWhenItAsksAgain() {
        Note resting = signed(log("rest"), checkpoint("rest.example/log", 10));
        NoteSignature first =
                ((CosigningOutcome.Cosigned) judge(0, resting)).lines().getFirst();
        assertThat(judge(10, resting)).as("within a second").isEqualTo(new CosigningOutcome.Cosigned(List.of(first)));

        now = now.plus(Duration.ofHours(3));
        NoteSignature again =
                ((CosigningOutcome.Cosigned) judge(10, resting)).lines().getFirst();
        assertThat(OWN.verifier().verifies(resting.text(), again)).isTrue();
        assertThat(OWN.verifier().time(again)).hasValue(now.getEpochSecond());
        assertThat(witness.lastCosigned(new Origin("rest.example/log"))
                        .orElseThrow()
                        .signatures())
                .contains(again)
                .doesNotContain(first);
    }

    /** A neighbour in the group fails, so that the witness's transaction is rolled back and run again alone. */
    @Test
    void aTransactionThatRunsTwiceIsCountedOnce() throws InterruptedException {
        Note shown = signed(log("counted"), checkpoint("counted.example/log", 10));
        judge(0, shown);
        var isWriting = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        store.write(rows -> {
            isWriting.countDown();
            return awaited(goOn);
        });
        isWriting.await();
        CompletionStage<CosigningOutcome> again = judged(10, shown);
        CompletionStage<Object> failing = store.write(rows -> {
            throw new SQLException("a neighbour that fails");
        });
        goOn.countDown();

        assertThat(again.toCompletableFuture().join()).isInstanceOf(CosigningOutcome.Cosigned.class);
        assertThatThrownBy(() -> failing.toCompletableFuture().join()).hasMessageContaining("a neighbour that fails");
        audit.appendCounts().toCompletableFuture().join();
        assertThat(counts("counted.example/log")).containsExactly(1L);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The counts in the leaves about a log. */
    private static List<Long> counts(String log) {
        return store.read(rows -> {
            var leaves = new Leaves(rows);
            List<Long> counts = new ArrayList<>();
            long index = 0;
            for (var entry = leaves.entry(index); entry.isPresent(); entry = leaves.entry(++index)) {
                RecordedLeaf leaf = RecordedLeaf.parse(entry.get());
                if (leaf.says(LeafField.LOG, log)) {
                    leaf.number(LeafField.COUNT).ifPresent(counts::add);
                }
            }
            return counts;
        });
    }

    /** Its origin has spaces, and its key is named otherwise: both are recommendations (C2SP tlog-checkpoint). */
    @Test
    void aLogWhoseKeyIsNotNamedLikeItIsWatchedToo() {
        SoftwareNoteKey key = key("lab-c.example/key-1", 44);
        Note note = signed(key, checkpoint(SPACED.value(), 10));
        assertThat(judge(0, note)).isInstanceOf(CosigningOutcome.Cosigned.class);
        assertThat(witness.lastCosigned(SPACED).orElseThrow().isSignedBy(key.verifier()))
                .isTrue();
        assertThat(witness.logs()).contains(SPACED).doesNotContain(new Origin("lab-c.example/key-1"));
        assertThat(judge(0, signed(key, checkpoint("lab-c.example/key-1", 10))))
                .isEqualTo(new CosigningOutcome.UnknownLog());
    }

    /** "Logs SHOULD use ML-DSA-44 cosignatures to sign the checkpoint". */
    @Test
    void aLogMaySignWithMlDsa() throws GeneralSecurityException {
        String text = checkpoint("pq.example/log", 10);
        Signature signer = Signature.getInstance("ML-DSA-44");
        signer.initSign(ML_DSA.getPrivate());
        signer.update(PQ.message(text, 0));
        NoteSignature line = PQ.line(new TimedSignature(0, signer.sign()));
        byte[] altered = line.signature();
        altered[100] ^= 1;
        assertThat(judge(0, new Note(text, List.of(PQ.line(altered))))).isEqualTo(new CosigningOutcome.NotSigned());
        assertThat(judge(0, new Note(text, List.of(line)))).isInstanceOf(CosigningOutcome.Cosigned.class);
    }

    private static CosigningOutcome judge(long oldSize, Note note) {
        return judged(oldSize, note).toCompletableFuture().join();
    }

    private static CompletionStage<CosigningOutcome> judged(long oldSize, Note note) {
        long size = Checkpoint.parse(note.text()).size();
        List<TreeHash> proof = oldSize == 0 || oldSize > size
                ? List.of()
                : ConsistencyProof.of(oldSize, size, tree()).hashes();
        return witness.judge(new AddCheckpoint(oldSize, proof, note), new RequestId("test"));
    }

    private static String checkpoint(String origin, int size) {
        return new Checkpoint(new Origin(origin), size, tree().root(0, size)).text();
    }

    private static HashReader tree() {
        return (level, index) -> {
            var range = new CompactRange();
            LEAVES.subList((int) (index << level), (int) ((index + 1) << level)).forEach(range::append);
            return range.root();
        };
    }

    private static Note signed(SoftwareNoteKey key, String text) {
        return new Note(text, List.of(key.sign(text)));
    }

    private static SoftwareNoteKey log(String name) {
        return key(name + ".example/log", 42);
    }

    private static SoftwareNoteKey key(String name, long seed) {
        return SoftwareNoteKey.generate(name, NoteAlgorithm.ED25519, seed);
    }

    private static byte[] signed(SoftwareNoteKey key, byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key.key().privateKey());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair mlDsa() {
        try {
            return KeyPairGenerator.getInstance("ML-DSA-44").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
