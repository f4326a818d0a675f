package org.sealkeeper.transparency;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.sealkeeper.audit.Actor;
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
    private final List<VerifierKey> peers;
    private final InstantSource clock;
    /** The last cosignature of each peer's log. */
    private final Map<Origin, Given> given = new ConcurrentHashMap<>();

    private record Given(String text, NoteSignature line) {}

    /**
     * Cosigns with this key, which may be missing where there are no peers.
     *
     * @throws ConfigurationFault if it is missing where there are
     */
    public Witness(Store store, AuditLog log, Optional<NoteKey> key, List<VerifierKey> peers, InstantSource clock) {
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

    /** The last checkpoint it saw of a log. */
    Optional<Note> lastSeen(Origin origin) {
        return store.read(rows -> new WitnessedLogs(rows).latestNote(origin));
    }

    /** The logs it watches. */
    List<Origin> logs() {
        return peers.stream().map(VerifierKey::name).distinct().toList();
    }

    CompletionStage<Testimony> judge(AddCheckpoint request, RequestId id) {
        Checkpoint checkpoint = Checkpoint.parse(request.checkpoint().text());
        List<VerifierKey> keys = peers.stream()
                .filter(peer -> peer.name().equals(checkpoint.origin()))
                .toList();
        if (keys.isEmpty() || key.isEmpty()) {
            return completedStage(new Testimony.UnknownLog());
        }
        if (!isSigned(request.checkpoint(), keys)) {
            return completedStage(new Testimony.NotSigned());
        }
        if (request.oldSize() > checkpoint.size()) {
            return completedStage(new Testimony.OldIsLarger());
        }
        Optional<WritingStopped> closed = log.whyClosed();
        if (closed.isPresent()) {
            return failedStage(closed.get()); // what this witness saw was rolled back, too
        }
        return store.write(rows -> compareAndKeep(rows, request, checkpoint, id))
                .thenCompose(refusal ->
                        refusal.isPresent() ? completedStage(refusal.get()) : cosign(key.get(), request.checkpoint()));
    }

    private static boolean isSigned(Note note, List<VerifierKey> keys) {
        return note.signatures().stream()
                .anyMatch(line -> keys.stream()
                        .anyMatch(key -> key.isMeantBy(line) && key.verifies(note.text(), line.signature())));
    }

    /** Comparing and keeping are one transaction: of two requests at once, the second is compared with the first. */
    private Optional<Testimony> compareAndKeep(Rows rows, AddCheckpoint request, Checkpoint checkpoint, RequestId id)
            throws SQLException {
        var table = new WitnessedLogs(rows);
        Optional<Checkpoint> seen = table.latest(checkpoint.origin());
        Optional<Testimony> refusal =
                seen.map(last -> whyNot(last, request, checkpoint)).orElseGet(() -> whyNotFirst(request));
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
                table.keep(checkpoint, request.checkpoint());
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

    private static Optional<Testimony> whyNotFirst(AddCheckpoint request) {
        if (request.oldSize() != 0) {
            return Optional.of(new Testimony.SawOtherSize(0));
        }
        return request.proof().isEmpty() ? Optional.empty() : Optional.of(new Testimony.NotProven());
    }

    private static Optional<Testimony> whyNot(Checkpoint last, AddCheckpoint request, Checkpoint checkpoint) {
        if (request.oldSize() != last.size()) {
            return Optional.of(new Testimony.SawOtherSize(last.size()));
        }
        if (checkpoint.size() == last.size() && !checkpoint.root().equals(last.root())) {
            return Optional.of(new Testimony.OtherRoot());
        }
        boolean isProven = last.size() == 0
                ? request.proof().isEmpty()
                : new ConsistencyProof(last.size(), checkpoint.size(), request.proof())
                        .proves(last.root(), checkpoint.root());
        return isProven ? Optional.empty() : Optional.of(new Testimony.NotProven());
    }

    /** A checkpoint is signed once: whoever shows it again, as anybody can, is given the same line. */
    private CompletionStage<Testimony> cosign(NoteKey signer, Note checkpoint) {
        Origin log = Checkpoint.parse(checkpoint.text()).origin();
        Given last = given.get(log);
        if (last != null && last.text().equals(checkpoint.text())) {
            return completedStage(new Testimony.Cosigned(last.line()));
        }
        long seconds = clock.instant().getEpochSecond();
        byte[] message = VerifierKey.cosigned(checkpoint.text(), seconds).getBytes(StandardCharsets.UTF_8);
        return signer.sign().apply(message).thenApply(signature -> {
            NoteSignature line = signer.verifier().line(VerifierKey.cosignature(seconds, signature));
            given.put(log, new Given(checkpoint.text(), line));
            return new Testimony.Cosigned(line);
        });
    }
}
