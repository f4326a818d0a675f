package org.sealkeeper.transparency;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.sealkeeper.audit.NoteKey;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TimedSignature;
import org.sealkeeper.store.Store;

/**
 * Cosigns checkpoints with a key of the token, and keeps the cosigned notes.
 *
 * <p>A checkpoint that is shown again, as any caller can, costs the token no more than a signature a second; a log at rest is given
 * the time of now. Safe for use by many threads.
 */
final class Cosigner {
    private final Store store;
    private final NoteKey key;
    private final InstantSource clock;
    /** The last cosignature of each log. */
    private final Map<Origin, Given> given = new ConcurrentHashMap<>();

    private record Given(String text, long seconds, NoteSignature line) {
        private boolean isOf(Note note, long second) {
            return text.equals(note.text()) && seconds == second;
        }
    }

    Cosigner(Store store, NoteKey key, InstantSource clock) {
        this.store = store;
        this.key = key;
        this.clock = clock;
    }

    /** The line of the cosignature, once the cosigned note is durable. */
    CompletionStage<NoteSignature> cosign(Checkpoint checkpoint, Note note) {
        Origin log = checkpoint.origin();
        long seconds = clock.instant().getEpochSecond();
        Given last = given.get(log);
        if (last != null && last.isOf(note, seconds)) {
            return completedStage(last.line());
        }
        return key.sign().apply(key.verifier().message(note.text(), seconds)).thenCompose(signature -> {
            NoteSignature line = key.verifier().line(new TimedSignature(seconds, signature));
            return store.write(rows -> new WitnessedLogs(rows).keepCosigned(checkpoint, note.with(line)))
                    .thenApply(kept -> {
                        given.put(log, new Given(note.text(), seconds, line));
                        return line;
                    });
        });
    }
}
