package org.sealkeeper.audit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.Origin;

/** Signs checkpoints with every audit key of the token. */
final class CheckpointSigner {
    private final List<NoteKey> keys;

    /**
     * Takes the active audit keys.
     *
     * @throws ConfigurationFault if none of them signs with ECDSA, which every auditor can check
     */
    CheckpointSigner(Origin origin, List<NoteKey> keys) {
        if (keys.stream().noneMatch(key -> key.verifier().algorithm() == NoteAlgorithm.ECDSA)) {
            throw new ConfigurationFault("the audit log " + origin
                    + ": expected an active key with purpose audit-signing and algorithm ES256, found none; declare one in "
                    + "keys.yaml and run 'sealkeeper keys apply'");
        }
        this.keys = List.copyOf(keys);
    }

    /** Waits for the token; throws its fault. */
    Note sign(Checkpoint checkpoint) {
        byte[] text = checkpoint.text().getBytes(StandardCharsets.UTF_8);
        var signing = keys.stream()
                .map(key -> key.sign().apply(text).thenApply(key.verifier()::line))
                .toList();
        return new Note(
                checkpoint.text(), signing.stream().map(Completion::await).toList());
    }
}
