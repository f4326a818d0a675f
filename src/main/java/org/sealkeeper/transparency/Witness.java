package org.sealkeeper.transparency;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.NoteKey;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.merkle.AddCheckpoint;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.ConsistencyProof;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TimedSignature;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.WritingStopped;

/**
 * Watches the logs of peers: cosigns a checkpoint only if it extends the last one it saw.
 *
 * <p>What it saw is durable before it signs, so that it never forgets a history it has vouched for.
 */
public final class Witness {
    private static final String RULE = "audit/peers";

    private final Store store;
    private final AuditLog log;
    private final Optional<NoteKey> key;
    private final List<AuditFile.Peer> peers;
    private final InstantSource clock;
    /** The last cosignature of each peer's log. */
    private final Map<Origin, Given> given = new ConcurrentHashMap<>();

    private record Given(String text, long seconds, NoteSignature line) {}

    /**
     * Cosigns with this key, which may be missing where there are no peers.
     *
     * @throws ConfigurationFault if it is missing where there are
     */
    public Witness(Store store, AuditLog log, Optional<NoteKey> key, List<AuditFile.Peer> peers, InstantSource clock) {
        if (key.isEmpty() && !peers.isEmpty()) {
            throw new ConfigurationFault(
                    "audit.yaml names peers, but no active key has the purpose checkpoint-cosigning; "
                            + "declare one in keys.yaml (EdDSA) and run 'sealkeeper keys apply'");
        }
        this.store = store;
        this.log = log;
        this.key = key;
        this.peers = List.copyOf(peers);
        this.clock = clock;
    }

    /** The public key it cosigns with; empty where it watches nobody. */
    Optional<VerifierKey> verifierKey() {
        return key.map(NoteKey::verifier);
    }

    /** The last checkpoint it cosigned of a log, with the lines of the log's keys and its own. */
    Optional<Note> lastCosigned(Origin log) {
        return store.read(rows -> new WitnessedLogs(rows).note(log))
                .filter(note -> key.map(NoteKey::verifier)
                        .filter(own -> note.signatures().stream().anyMatch(line -> own.verifies(note.text(), line)))
                        .isPresent());
    }

    /** The logs it watches. */
    List<Origin> logs() {
        return peers.stream().map(AuditFile.Peer::log).distinct().toList();
    }

    CompletionStage<Testimony> judge(AddCheckpoint request, RequestId id) {
        Checkpoint checkpoint = Checkpoint.parse(request.checkpoint().text());
        List<VerifierKey> keys = peers.stream()
                .filter(peer -> peer.log().equals(checkpoint.origin()))
                .map(AuditFile.Peer::key)
                .toList();
        if (keys.isEmpty() || key.isEmpty()) {
            return completedStage(new Testimony.UnknownLog());
        }
        List<NoteSignature> lines = verified(request.checkpoint(), keys);
        if (lines.isEmpty()) {
            return completedStage(new Testimony.NotSigned());
        }
        if (request.oldSize() > checkpoint.size()) {
            return completedStage(new Testimony.OldIsLarger());
        }
        Optional<WritingStopped> closed = log.whyClosed();
        if (closed.isPresent()) {
            return failedStage(closed.get()); // what this witness saw was rolled back, too
        }
        var note = new Note(request.checkpoint().text(), lines);
        return store.write(rows -> compareAndKeep(rows, request, checkpoint, note, id))
                .thenCompose(refusal ->
                        refusal.isPresent() ? completedStage(refusal.get()) : cosign(key.get(), checkpoint, note));
    }

    /** The lines of these keys; none if one of them is wrong, which makes the note worth nothing (C2SP signed-note). */
    private static List<NoteSignature> verified(Note note, List<VerifierKey> keys) {
        List<NoteSignature> theirs = note.signatures().stream()
                .filter(line -> keys.stream().anyMatch(key -> key.isMeantBy(line)))
                .toList();
        boolean isRight =
                theirs.stream().allMatch(line -> keys.stream().anyMatch(key -> key.verifies(note.text(), line)));
        return isRight ? theirs : List.of();
    }

    /** Comparing and keeping are one transaction: of two requests at once, the second is compared with the first. */
    private Optional<Testimony> compareAndKeep(
            Rows rows, AddCheckpoint request, Checkpoint checkpoint, Note note, RequestId id) throws SQLException {
        var table = new WitnessedLogs(rows);
        Optional<Checkpoint> seen = table.latest(checkpoint.origin());
        Optional<Testimony> refusal = whyNot(seen, request, checkpoint);
        Leaf leaf = Leaf.done(
                        clock.instant(),
                        Operation.COSIGN_CHECKPOINT,
                        new Actor.Anonymous(),
                        new Subject.Log(checkpoint),
                        RULE)
                .in(id);
        boolean isNew = seen.isEmpty() || seen.get().size() < checkpoint.size();
        switch (refusal.orElse(null)) {
            case null -> {
                table.keep(checkpoint, note);
                record(rows, leaf, isNew);
            }
            case Testimony.OtherRoot _ -> record(rows, refused(leaf, "conflicting-checkpoint"), true);
            case Testimony.NotProven _ -> record(rows, refused(leaf, "inconsistent-checkpoint"), false);
            default -> {}
        }
        return refusal;
    }

    /** Whoever has seen a checkpoint can bring it again and again: what takes no key of the log's to ask for is counted. */
    private void record(Rows rows, Leaf leaf, boolean isOnce) throws SQLException {
        if (isOnce) {
            log.append(rows, leaf);
        } else {
            log.count(leaf);
        }
    }

    private static Leaf refused(Leaf leaf, String reason) {
        return leaf.refused(Decision.allowed(RULE), new Reason(reason));
    }

    /** The checks of C2SP tlog-witness, in their order. A log of which nothing was seen was empty. */
    private static Optional<Testimony> whyNot(Optional<Checkpoint> seen, AddCheckpoint request, Checkpoint checkpoint) {
        long lastSize = seen.map(Checkpoint::size).orElse(0L);
        TreeHash lastRoot = seen.map(Checkpoint::root).orElse(TreeHash.EMPTY_ROOT);
        if (request.oldSize() != lastSize) {
            return Optional.of(new Testimony.SawOtherSize(lastSize));
        }
        if (checkpoint.size() == 0 && !checkpoint.root().equals(TreeHash.EMPTY_ROOT)) {
            return Optional.of(new Testimony.NotProven());
        }
        if (checkpoint.size() == lastSize && !checkpoint.root().equals(lastRoot)) {
            return Optional.of(new Testimony.OtherRoot());
        }
        boolean isProven = lastSize == 0
                ? request.proof().isEmpty()
                : new ConsistencyProof(lastSize, checkpoint.size(), request.proof())
                        .proves(lastRoot, checkpoint.root());
        return isProven ? Optional.empty() : Optional.of(new Testimony.NotProven());
    }

    /**
     * Whoever shows a checkpoint again, as anybody can, costs the token no more than a signature a second; a log at rest is given the
     * time of now.
     */
    private CompletionStage<Testimony> cosign(NoteKey signer, Checkpoint checkpoint, Note note) {
        Origin log = checkpoint.origin();
        long seconds = clock.instant().getEpochSecond();
        Given last = given.get(log);
        if (last != null && last.text().equals(note.text()) && last.seconds() == seconds) {
            return completedStage(new Testimony.Cosigned(last.line()));
        }
        return signer.sign()
                .apply(signer.verifier().message(note.text(), seconds))
                .thenCompose(signature -> {
                    NoteSignature line = signer.verifier().line(new TimedSignature(seconds, signature));
                    return store.write(rows -> new WitnessedLogs(rows).keepCosigned(checkpoint, note.with(line)))
                            .thenApply(kept -> {
                                given.put(log, new Given(note.text(), seconds, line));
                                return new Testimony.Cosigned(line);
                            });
                });
    }
}
