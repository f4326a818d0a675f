package org.sealkeeper.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.merkle.TrustPolicy;
import org.sealkeeper.testing.SoftwareNoteKey;

/** Which signatures an auditor asks for who was given the keys of several tokens. */
class CheckpointJudgeTest {
    private static final String LOG = "lab-a.example/sealkeeper";
    private static final String TEXT = new Checkpoint(new Origin(LOG), 0, TreeHash.EMPTY_ROOT).text();
    private static final SoftwareNoteKey ECDSA = SoftwareNoteKey.generate(LOG, NoteAlgorithm.ECDSA, 1);
    private static final SoftwareNoteKey OTHER_ECDSA = SoftwareNoteKey.generate(LOG, NoteAlgorithm.ECDSA, 2);
    private static final SoftwareNoteKey ED25519 = SoftwareNoteKey.generate(LOG, NoteAlgorithm.ED25519, 3);

    private static CheckpointJudge given(SoftwareNoteKey... keys) {
        return new CheckpointJudge(TrustPolicy.ofLogKeys(
                Stream.of(keys).map(key -> key.verifier().toString()).collect(Collectors.joining("\n"))));
    }

    private static byte[] signedBy(SoftwareNoteKey... keys) {
        return new Note(TEXT, Stream.of(keys).map(key -> key.sign(TEXT)).toList()).bytes();
    }

    @Test
    void oneOfEachAlgorithmIsEnough() {
        SignedCheckpoint judged =
                given(ECDSA, OTHER_ECDSA, ED25519).judge("checkpoint", signedBy(OTHER_ECDSA, ED25519));
        assertThat(judged.note().bytes()).asString(UTF_8).startsWith(LOG);
    }

    @Test
    void noAlgorithmMayBeMissing() {
        assertThatThrownBy(() -> given(ECDSA, OTHER_ECDSA, ED25519).judge("checkpoint", signedBy(ECDSA, OTHER_ECDSA)))
                .isInstanceOf(InvalidLog.class)
                .hasMessageContaining("expected a signature of " + CheckpointJudge.named(ED25519.verifier()));
    }

    @Test
    void aKeyThatWasNotGivenIsRefusedUnderTheLogsName() {
        assertThatThrownBy(() -> given(ECDSA, ED25519).judge("checkpoint", signedBy(ECDSA, OTHER_ECDSA, ED25519)))
                .isInstanceOf(InvalidLog.class)
                .hasMessageContaining("by the keys given alone");
    }
}
