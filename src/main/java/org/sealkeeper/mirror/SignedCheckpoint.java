package org.sealkeeper.mirror;

import java.util.List;
import java.util.Set;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.VerifierKey;

/**
 * A checkpoint whose signatures were verified.
 *
 * @param logKeys the keys of the log that signed it
 * @param witnesses the keys of witnesses that cosigned it
 * @param unknown signature lines of unknown signers; they count for nothing
 */
public record SignedCheckpoint(
        Note note, Checkpoint checkpoint, List<VerifierKey> logKeys, Set<VerifierKey> witnesses, int unknown) {
    public SignedCheckpoint {
        logKeys = List.copyOf(logKeys);
        witnesses = Set.copyOf(witnesses);
    }
}
