package org.sealkeeper.audit;

import java.util.List;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.VerifierKey;

/** The keys of the log, as they are at each moment. */
public interface AuditKeys {

    /** Those that sign checkpoints now; each is signed by all whose tokens are used. */
    List<NoteKey> active();

    /** The public halves of those, and of every other key of the log there ever was or is to be. */
    List<VerifierKey> verifiers();

    /**
     * Whether one of the keys there ever were signed the note.
     *
     * @throws IllegalArgumentException if a line of theirs is wrong
     */
    default boolean haveSigned(Note note) {
        boolean signed = false;
        for (VerifierKey key : verifiers()) {
            signed |= note.isSignedBy(key);
        }
        return signed;
    }
}
