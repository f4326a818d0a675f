package org.sealkeeper.transparency;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sealkeeper.audit.NoteKey;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TimedSignature;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.store.Store;

/**
 * Cosigns checkpoints with every active key for that, and keeps the cosigned notes.
 *
 * <p>A checkpoint that is shown again, as any caller can, costs the token no more than a signature of each a second; a log at rest is given
 * the time of now. Safe for use by many threads.
 */
final class Cosigner {
    private final Store store;
    private final Supplier<List<NoteKey>> keys;
    private final InstantSource clock;
    /** The last cosignatures of each log. */
    private final Map<Origin, Given> given = new ConcurrentHashMap<>();

    private record Given(String text, long seconds, List<VerifierKey> keys, List<NoteSignature> lines) {
        private boolean isOf(Note note, long second, List<VerifierKey> by) {
            return text.equals(note.text()) && seconds == second && keys.equals(by);
        }
    }

    Cosigner(Store store, Supplier<List<NoteKey>> keys, InstantSource clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /** The lines of the cosignatures, once the cosigned note is durable. */
    CompletionStage<List<NoteSignature>> cosign(Checkpoint checkpoint, Note note) {
        Origin log = checkpoint.origin();
        long seconds = clock.instant().getEpochSecond();
        List<NoteKey> signers = keys.get();
        List<VerifierKey> by = signers.stream().map(NoteKey::verifier).toList();
        Given last = given.get(log);
        if (last != null && last.isOf(note, seconds, by)) {
            return completedStage(last.lines());
        }
        return lines(signers, note, seconds)
                .thenCompose(lines -> store.write(
                                rows -> new WitnessedLogs(rows).keepCosigned(checkpoint, with(lines, note)))
                        .thenApply(kept -> {
                            given.put(log, new Given(note.text(), seconds, by, lines));
                            return lines;
                        }));
    }

    private static CompletionStage<List<NoteSignature>> lines(List<NoteKey> signers, Note note, long seconds) {
        CompletionStage<List<NoteSignature>> lines = completedStage(List.of());
        for (NoteKey signer : signers) {
            lines = lines.thenCombine(line(signer, note, seconds), Cosigner::and);
        }
        return lines;
    }

    private static CompletionStage<NoteSignature> line(NoteKey key, Note note, long seconds) {
        return key.sign()
                .apply(key.verifier().message(note.text(), seconds))
                .thenApply(signature -> key.verifier().line(new TimedSignature(seconds, signature)));
    }

    private static List<NoteSignature> and(List<NoteSignature> lines, NoteSignature line) {
        return Stream.concat(lines.stream(), Stream.of(line)).toList();
    }

    private static Note with(List<NoteSignature> lines, Note note) {
        Note cosigned = note;
        for (NoteSignature line : lines) {
            cosigned = cosigned.with(line);
        }
        return cosigned;
    }
}
