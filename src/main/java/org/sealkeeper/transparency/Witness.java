package org.sealkeeper.transparency;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.NoteKey;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.merkle.AddCheckpoint;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.WritingStopped;

/**
 * Watches the logs of peers: cosigns a checkpoint only if it extends the last one it saw.
 *
 * <p>What it saw is durable before it signs, so that it never forgets a history it has cosigned.
 */
public final class Witness {
    private final Store store;
    private final AuditLog log;
    private final Supplier<List<NoteKey>> keys;
    private final List<AuditFile.Peer> peers;
    private final CheckpointComparison comparison;
    private final Cosigner cosigner;

    /**
     * Cosigns with these keys, of which there may be none where there are no peers.
     *
     * @throws ConfigurationFault if there is none where there are peers
     */
    public Witness(
            Store store, AuditLog log, Supplier<List<NoteKey>> keys, List<AuditFile.Peer> peers, InstantSource clock) {
        if (keys.get().isEmpty() && !peers.isEmpty()) {
            throw new ConfigurationFault(
                    "audit.yaml names peers, but no active key has the purpose checkpoint-cosigning; "
                            + "declare one in keys.yaml (EdDSA) and run 'sealkeeper keys apply'");
        }
        this.store = store;
        this.log = log;
        this.keys = keys;
        this.peers = List.copyOf(peers);
        this.comparison = new CheckpointComparison(log, clock);
        this.cosigner = new Cosigner(store, keys, clock);
    }

    /** The public keys it cosigns with; none where it watches no log. */
    List<VerifierKey> verifierKeys() {
        return keys.get().stream().map(NoteKey::verifier).toList();
    }

    /** The last checkpoint it cosigned of a log, with the lines of the log's keys and its own. */
    Optional<Note> lastCosigned(Origin log) {
        return store.read(rows -> new WitnessedLogs(rows).note(log))
                .filter(note -> verifierKeys().stream()
                        .anyMatch(own -> note.signatures().stream().anyMatch(line -> own.verifies(note.text(), line))));
    }

    /** The logs it watches. */
    List<Origin> logs() {
        return peers.stream().map(AuditFile.Peer::log).distinct().toList();
    }

    CompletionStage<CosigningOutcome> judge(AddCheckpoint request, RequestId id) {
        Checkpoint checkpoint = Checkpoint.parse(request.checkpoint().text());
        List<VerifierKey> ofLog = peers.stream()
                .filter(peer -> peer.log().equals(checkpoint.origin()))
                .map(AuditFile.Peer::key)
                .toList();
        if (ofLog.isEmpty() || keys.get().isEmpty()) {
            return completedStage(new CosigningOutcome.UnknownLog());
        }
        List<NoteSignature> lines = verified(request.checkpoint(), ofLog);
        if (lines.isEmpty()) {
            return completedStage(new CosigningOutcome.NotSigned());
        }
        if (request.oldSize() > checkpoint.size()) {
            return completedStage(new CosigningOutcome.OldIsLarger());
        }
        Optional<WritingStopped> closed = log.whyClosed();
        if (closed.isPresent()) {
            return failedStage(closed.get()); // what this witness saw was rolled back, too
        }
        var note = new Note(request.checkpoint().text(), lines);
        return store.write(rows -> comparison.compareAndKeep(rows, request, checkpoint, note, id))
                .thenCompose(found -> {
                    found.counted().ifPresent(log::count);
                    return found.refusal()
                            .map(CompletableFuture::completedStage)
                            .orElseGet(
                                    () -> cosigner.cosign(checkpoint, note).thenApply(CosigningOutcome.Cosigned::new));
                });
    }

    /** The lines of these keys; none if one of them is wrong, which makes the note invalid (C2SP signed-note). */
    private static List<NoteSignature> verified(Note note, List<VerifierKey> keys) {
        List<NoteSignature> theirs = note.signatures().stream()
                .filter(line -> keys.stream().anyMatch(key -> key.isMeantBy(line)))
                .toList();
        boolean isRight =
                theirs.stream().allMatch(line -> keys.stream().anyMatch(key -> key.verifies(note.text(), line)));
        return isRight ? theirs : List.of();
    }
}
