package org.sealkeeper.ledger.signing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.Overload;
import org.sealkeeper.ledger.BatchBounds;
import org.sealkeeper.ledger.signing.Admission.Admitted;

/**
 * Collects what many callers have one key sign: what comes while the batch before is being signed is the next batch. So a key that is idle signs
 * at once, and one that is busy signs more at a time the slower its token is. Safe for use by many threads.
 */
final class BatchCollector {
    static final int CAPACITY = 4_096;

    private final BatchSigning signing;
    private final KeyAlias key;
    private final BatchBounds bounds;
    private final Executor later;
    /** These three are guarded by this object. */
    private final Queue<Asked> waiting = new ArrayDeque<>();

    private boolean isUnderWay;
    private boolean isClosed;

    /** @param later runs what it is given once the patience of the bounds is over */
    BatchCollector(BatchSigning signing, KeyAlias key, BatchBounds bounds, Executor later) {
        this.signing = signing;
        this.key = key;
        this.bounds = bounds;
        this.later = later;
    }

    /** Has the block signed with others; fails with {@link Overload} where too many wait, and once this is closed. */
    CompletionStage<SigningOutcome> add(Admitted admitted) {
        var asked = new Asked(admitted);
        boolean isFirst;
        synchronized (this) {
            if (isClosed) {
                asked.tell(null, new Stopping());
                return asked.outcome();
            }
            if (waiting.size() >= CAPACITY) {
                asked.tell(null, new Overload("the queue of key " + key, CAPACITY));
                return asked.outcome();
            }
            isFirst = waiting.isEmpty();
            waiting.add(asked);
        }
        if (bounds.patience().isZero() || isFull()) {
            signNext();
        } else if (isFirst) {
            later.execute(this::signNext);
        }
        return asked.outcome();
    }

    private synchronized boolean isFull() {
        return waiting.size() >= bounds.statements();
    }

    /** Signs what waits, unless a batch is under way: then what waits is signed when that has ended. */
    private void signNext() {
        nextBatch().ifPresent(batch -> signing.sign(key, batch).whenComplete((signed, failure) -> ended()));
    }

    private void ended() {
        synchronized (this) {
            isUnderWay = false;
        }
        signNext();
    }

    private synchronized Optional<List<Asked>> nextBatch() {
        if (isUnderWay || waiting.isEmpty()) {
            return Optional.empty();
        }
        isUnderWay = true;
        List<Asked> batch = new ArrayList<>();
        while (!waiting.isEmpty() && batch.size() < bounds.statements()) {
            batch.add(waiting.remove());
        }
        return Optional.of(batch);
    }

    /** Takes nothing more; what waits fails, and nothing of it is claimed. What is under way ends as it would have. */
    void close() {
        List<Asked> left;
        synchronized (this) {
            isClosed = true;
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(asked -> asked.tell(null, new Stopping()));
    }
}
