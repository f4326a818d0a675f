package org.sealkeeper.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.testing.SoftwareNoteKey;

/** Which keys must sign a checkpoint where they are in several tokens. */
class CheckpointSignerTest {
    private static final Origin LOG = new Origin("lab-a.example/sealkeeper");
    private static final Checkpoint CHECKPOINT = new Checkpoint(LOG, 0, TreeHash.EMPTY_ROOT);
    private static final SoftwareNoteKey ECDSA = key(NoteAlgorithm.ECDSA, 1);
    private static final SoftwareNoteKey OTHER_ECDSA = key(NoteAlgorithm.ECDSA, 2);
    private static final SoftwareNoteKey ED25519 = key(NoteAlgorithm.ED25519, 3);
    /** A fault of this test. */
    private static final class Away extends Fault {
        private static final long serialVersionUID = 1L;

        Away() {
            super(FaultKind.HSM_UNAVAILABLE, "the token is away", null);
        }
    }

    private static SoftwareNoteKey key(NoteAlgorithm algorithm, long seed) {
        return SoftwareNoteKey.generate(LOG.value(), algorithm, seed);
    }

    private static NoteKey working(SoftwareNoteKey key) {
        return new NoteKey(
                key.verifier(),
                text -> CompletableFuture.completedStage(
                        key.sign(new String(text, UTF_8)).signature()));
    }

    private static NoteKey away(SoftwareNoteKey key) {
        return new NoteKey(key.verifier(), text -> CompletableFuture.failedStage(new Away()));
    }

    private static Note signed(NoteKey... keys) {
        var all = new AuditKeys() {
            @Override
            public List<NoteKey> active() {
                return List.of(keys);
            }

            @Override
            public List<VerifierKey> verifiers() {
                return active().stream().map(NoteKey::verifier).toList();
            }
        };
        return new CheckpointSigner(LOG, all).sign(CHECKPOINT);
    }

    @Test
    void everyKeyWhoseTokenIsThereSigns() {
        Note note = signed(working(ECDSA), working(OTHER_ECDSA), working(ED25519));
        assertThat(note.signatures()).hasSize(3);
    }

    @Test
    void aKeyWhoseTokenIsAwayIsLeftOutWhereAnotherOfItsAlgorithmSigns() {
        Note note = signed(away(ECDSA), working(OTHER_ECDSA), working(ED25519));
        assertThat(note.signatures())
                .extracting(NoteSignature::keyIdText)
                .containsExactly(
                        OTHER_ECDSA.verifier().keyIdText(), ED25519.verifier().keyIdText());
    }

    @Test
    void ofNoAlgorithmAllMayBeAway() {
        assertThatThrownBy(() -> signed(working(ECDSA), working(OTHER_ECDSA), away(ED25519)))
                .isInstanceOf(Away.class);
        assertThatThrownBy(() -> signed(away(ECDSA), away(OTHER_ECDSA), working(ED25519)))
                .isInstanceOf(Away.class);
    }

    @Test
    void oneMustBeOfAnAlgorithmThatEveryAuditorCanCheck() {
        assertThatThrownBy(() -> signed(working(ED25519))).isInstanceOf(ConfigurationFault.class);
    }
}
