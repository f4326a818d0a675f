package org.sealkeeper.audit;

import java.util.List;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.VerifierKey;

/**
 * The keys of the log.
 *
 * @param active those that sign checkpoints now; each is signed by all whose tokens are used
 * @param verifiers those of every key that ever did
 */
public record AuditKeys(List<NoteKey> active, List<VerifierKey> verifiers) {
    public AuditKeys {
        active = List.copyOf(active);
        verifiers = List.copyOf(verifiers);
    }

    /**
     * Whether one of the keys there ever were signed the note.
     *
     * @throws IllegalArgumentException if a line of theirs is wrong
     */
    boolean haveSigned(Note note) {
        boolean signed = false;
        for (VerifierKey key : verifiers) {
            signed |= note.isSignedBy(key);
        }
        return signed;
    }
}
