package org.sealkeeper.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.store.Store;

/** Keeps the newest checkpoint that witnesses have cosigned. Safe for use by many threads. */
public final class Cosignatures {
    private final Store store;
    private final AuditLog log;
    private final List<VerifierKey> witnesses;

    public Cosignatures(Store store, AuditLog log, List<VerifierKey> witnesses) {
        this.store = store;
        this.log = log;
        this.witnesses = List.copyOf(witnesses);
    }

    /** The newest cosigned checkpoint: our own signatures, then those of witnesses. */
    public Optional<Note> newest() {
        return store.read(rows -> new AuditTable(rows).cosigned());
    }

    /**
     * Takes signature lines for a checkpoint of ours; lines of keys that are no witness of ours are left out.
     *
     * @param cosigned the checkpoint as we signed it, with cosignatures under it
     * @return the checkpoint as it is kept now; empty where this is none of our checkpoints, has no valid line of a witness, or a
     *     newer one is cosigned already
     */
    public CompletionStage<Optional<Note>> add(Note cosigned) {
        List<NoteSignature> valid = validLines(cosigned);
        Optional<Note> ours = valid.isEmpty() ? Optional.empty() : ours(cosigned);
        return store.write(rows -> {
            var table = new AuditTable(rows);
            Optional<Note> known = table.cosigned();
            if (ours.isEmpty()
                    || known.filter(note -> sizeOf(note) > sizeOf(cosigned)).isPresent()) {
                return Optional.empty();
            }
            Note kept = merge(
                    known.filter(note -> note.text().equals(cosigned.text())).orElse(ours.get()), valid);
            table.keepCosigned(kept);
            return Optional.of(kept);
        });
    }

    private List<NoteSignature> validLines(Note note) {
        return note.signatures().stream()
                .filter(line -> witnesses.stream().anyMatch(key -> key.verifies(note.text(), line)))
                .toList();
    }

    /** The note with our lines alone, if we signed it and the log still has what it says. */
    private Optional<Note> ours(Note note) {
        List<NoteSignature> lines = note.signatures().stream()
                .filter(line -> log.verifierKeys().stream().anyMatch(key -> key.verifies(note.text(), line)))
                .toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        return log.published()
                .filter(newest -> checkpoint.size() <= newest.checkpoint().size()
                        && newest.rootAt(checkpoint.size()).equals(checkpoint.root()))
                .map(newest -> new Note(note.text(), lines));
    }

    /** One line of each witness: the one that it signed last. */
    private Note merge(Note known, List<NoteSignature> lines) {
        List<NoteSignature> merged = new ArrayList<>(known.signatures());
        for (NoteSignature line : lines) {
            boolean isOutdated = merged.stream().anyMatch(kept -> isOfSameKey(kept, line) && time(kept) > time(line));
            if (!isOutdated) {
                merged.removeIf(kept -> isOfSameKey(kept, line));
                merged.add(line);
            }
        }
        return new Note(known.text(), merged);
    }

    private static boolean isOfSameKey(NoteSignature kept, NoteSignature added) {
        return kept.name().equals(added.name()) && kept.keyId() == added.keyId();
    }

    private long time(NoteSignature line) {
        return witnesses.stream()
                .filter(key -> key.isMeantBy(line))
                .mapToLong(key -> key.time(line).orElse(0))
                .findFirst()
                .orElse(0);
    }

    private static long sizeOf(Note note) {
        return Checkpoint.parse(note.text()).size();
    }
}
