package org.sealkeeper.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.Origin;

/**
 * Keeps the last checkpoint in the token, out of reach of whoever restores or replaces the store.
 *
 * <p>A new one is written before older ones are destroyed: if we crash in between, both are there, and the larger counts.
 */
public final class CheckpointVault {
    private static final String LABEL = "sealkeeper-audit-checkpoint";

    private final Hsm hsm;

    public CheckpointVault(Hsm hsm) {
        this.hsm = hsm;
    }

    /**
     * What the token remembers.
     *
     * @param checkpoint the largest one; empty where there is none that can be read
     * @param hasUnreadable whether something is there that is no checkpoint, such as one whose writing was interrupted
     */
    record Memory(Optional<Note> checkpoint, boolean hasUnreadable) {}

    Memory recall() {
        List<Optional<Note>> found =
                hsm.data(LABEL).stream().map(CheckpointVault::parse).toList();
        return new Memory(
                found.stream().flatMap(Optional::stream).max(Comparator.comparingLong(note -> sizeOf(note))),
                found.contains(Optional.<Note>empty()));
    }

    /** The log whose checkpoint the token remembers. */
    public Optional<Checkpoint> remembered() {
        return recall().checkpoint().map(note -> Checkpoint.parse(note.text()));
    }

    /** Remembers this checkpoint instead of every other. */
    void remember(Note checkpoint) {
        hsm.replaceData(LABEL, checkpoint.bytes());
    }

    /** Whether the note is of this log. */
    static boolean isOf(Origin origin, Note note) {
        return Checkpoint.parse(note.text()).origin().equals(origin);
    }

    private static long sizeOf(Note note) {
        return Checkpoint.parse(note.text()).size();
    }

    private static Optional<Note> parse(byte[] value) {
        try {
            Note note = Note.parse(value);
            var _ = Checkpoint.parse(note.text());
            return Optional.of(note);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
