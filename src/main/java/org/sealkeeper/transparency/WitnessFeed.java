package org.sealkeeper.transparency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Cosignatures;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.rollback.StartConfirmation;

/**
 * Brings every new checkpoint to the witnesses, on a thread of its own: a witness that is slow or gone delays nothing but its own
 * cosignature.
 */
public final class WitnessFeed implements AutoCloseable {
    /** Witnesses see the log at least this often while it grows. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Leaves read at once. */
    private static final int PAGE = 500;

    private final Cosignatures cosignatures;
    private final List<RemoteWitness> witnesses;
    private final StartConfirmation confirmation;
    private final BackgroundLoop loop;

    /** The rest is owned by the loop's thread: what the witnesses are asked to cosign, and up to where its leaves were looked at. */
    private @Nullable PublishedLog wanted;

    private long lookedAt;

    /** @param confirmation receives what the witnesses say of this log */
    public WitnessFeed(
            AuditLog log,
            Cosignatures cosignatures,
            List<RemoteWitness> witnesses,
            StartConfirmation confirmation,
            BackgroundLoops loops) {
        this.cosignatures = cosignatures;
        this.witnesses = List.copyOf(witnesses);
        this.confirmation = confirmation;
        this.loop = loops.loop(
                "audit-witnesses", INTERVAL, () -> log.published().ifPresent(this::ask), "cosignatures were not kept");
    }

    /** Starts to ask, where there are witnesses. */
    public void start() {
        if (!witnesses.isEmpty()) {
            loop.start();
        }
    }

    private void ask(PublishedLog published) {
        PublishedLog newest = wanted;
        if (newest == null) {
            lookedAt = published.checkpoint().size();
        }
        if (newest == null || hasNews(published) || isOlderThanSeen(newest)) {
            newest = published;
            wanted = published;
        }
        askFor(newest, published);
    }

    /** Another client brought a witness a newer checkpoint of ours than this one. */
    private boolean isOlderThanSeen(PublishedLog asked) {
        return witnesses.stream()
                .anyMatch(witness -> witness.seen() > asked.checkpoint().size());
    }

    /**
     * Whether there are new leaves about more than cosignatures this appliance gave. Each cosignature is a leaf: two appliances
     * that witness each other would otherwise ask each other without end.
     */
    private boolean hasNews(PublishedLog published) {
        boolean hasNews = false;
        while (lookedAt < published.checkpoint().size()) {
            List<byte[]> entries = published.entries(lookedAt, lookedAt + PAGE);
            hasNews |= entries.stream()
                    .anyMatch(entry ->
                            !RecordedLeaf.parse(entry).says(LeafField.OPERATION, Operation.COSIGN_CHECKPOINT.text()));
            lookedAt += entries.size();
        }
        return hasNews;
    }

    private void askFor(PublishedLog newest, PublishedLog published) {
        List<WitnessAnswer> answers = witnesses.stream()
                .map(witness -> witness.cosign(newest, published.checkpoint().size()))
                .toList();
        List<NoteSignature> lines = new ArrayList<>();
        Optional<String> contradiction = Optional.empty();
        for (WitnessAnswer answer : answers) {
            switch (answer) {
                case WitnessAnswer.Cosigned(NoteSignature line) -> lines.add(line);
                case WitnessAnswer.Contradicted(String what) -> contradiction = Optional.of(what);
                case WitnessAnswer.Nothing() -> {}
            }
        }
        if (contradiction.isPresent()) {
            confirmation.contradicted(contradiction.get());
        } else if (!lines.isEmpty()) {
            confirmation.given();
        }
        keep(newest, lines);
    }

    private void keep(PublishedLog newest, List<NoteSignature> lines) {
        if (!lines.isEmpty()) {
            List<NoteSignature> all = new ArrayList<>(newest.note().signatures());
            all.addAll(lines);
            cosignatures
                    .add(new Note(newest.note().text(), all))
                    .toCompletableFuture()
                    .join();
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
