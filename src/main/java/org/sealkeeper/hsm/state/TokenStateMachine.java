package org.sealkeeper.hsm.state;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The state of one token, as its failures and its proofs change it. It decides; who lets the token in anew is another's work. Until it is
 * watched, the token counts as ready: a command and a start have no time to wait for a token that fails, and end.
 *
 * <p>Safe for use by many threads. Failures of an epoch that is over change nothing.
 */
public final class TokenStateMachine {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int FAILURES_TO_DOWN = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    /** A token that is back is in use again within five seconds. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final LongSupplier nanoTime;
    /** When the latest failures were, the oldest first; nanoseconds. */
    private final Deque<Long> failures = new ArrayDeque<>();

    private Consumer<TokenChange> listener = change -> {};
    private boolean isWatched;
    private volatile TokenState state = TokenState.READY;
    private int epoch = 1;
    private String reason = "let in at the start";
    private long since;
    private long lastProof;
    private int attempts;
    private long nextAttempt;

    /** @param nanoTime as {@link System#nanoTime} */
    public TokenStateMachine(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
        this.lastProof = since;
    }

    /**
     * The state of a token that was not let in at the start.
     *
     * @param from {@code DOWN}, or one that waits for an operator
     */
    public static TokenStateMachine notLetIn(LongSupplier nanoTime, TokenState from, String why) {
        var machine = new TokenStateMachine(nanoTime);
        machine.state = from;
        machine.epoch = 0;
        machine.reason = why;
        machine.nextAttempt = nanoTime.getAsLong();
        return machine;
    }

    /**
     * What the token is like at one moment.
     *
     * @param reason of the state, for an operator
     * @param since how long it has been in this state
     * @param sinceProof how long ago it last proved that it signs
     */
    public record Snapshot(TokenState state, int epoch, String reason, Duration since, Duration sinceProof) {}

    /**
     * Begins to change state.
     *
     * @param changes is told of each change, in order, and at once of a token that is not ready; must be short, and must not call back
     */
    public synchronized void watch(Consumer<TokenChange> changes) {
        listener = changes;
        isWatched = true;
        if (state != TokenState.READY) {
            listener.accept(new TokenChange(state, state, epoch, reason));
        }
    }

    public TokenState state() {
        return state;
    }

    /** What it is like now. */
    public synchronized Snapshot snapshot() {
        long now = nanoTime.getAsLong();
        return new Snapshot(state, epoch, reason, Duration.ofNanos(now - since), Duration.ofNanos(now - lastProof));
    }

    /**
     * A request, or a probe, failed.
     *
     * @param inEpoch in which it was begun
     */
    public synchronized void failed(int inEpoch, Meaning meaning, String why) {
        if (!isWatched || inEpoch != epoch) {
            return;
        }
        switch (meaning.effect()) {
            case NONE -> {}
            case SUSPECT_WHEN_REPEATED -> suspect(2, why);
            case SUSPECT -> suspect(1, why);
            case RECOVER -> recover(why);
            case DOWN -> down(why);
            case AUTH_FAILED -> enter(TokenState.AUTH_FAILED, why);
            case LOCKED_OUT -> enter(TokenState.LOCKED_OUT, why);
        }
    }

    private void suspect(int failuresToSuspect, String why) {
        long now = nanoTime.getAsLong();
        failures.addLast(now);
        while (now - failures.getFirst() > WINDOW.toNanos()) {
            failures.removeFirst();
        }
        if (failures.size() >= FAILURES_TO_DOWN) {
            down(why);
        } else if (failures.size() >= failuresToSuspect && state == TokenState.READY) {
            enter(TokenState.SUSPECT, why);
        }
    }

    private void recover(String why) {
        if (state.isUsed()) {
            attempts = 0;
            nextAttempt = nanoTime.getAsLong();
            enter(TokenState.RECOVERING, why);
        }
    }

    private void down(String why) {
        if (state.isUsed()) {
            attempts = 0;
            nextAttempt = nanoTime.getAsLong();
            enter(TokenState.DOWN, why);
        }
    }

    /** So many calls of one pool are past their deadlines and still in the token: more than half of the pool is an outage. */
    public synchronized void stuck(int calls, int sessions) {
        if (isWatched && calls * 2 > sessions) {
            down("%d of %d sessions wait for calls that do not return".formatted(calls, sessions));
        }
    }

    /** A probe succeeded. */
    public synchronized void proved(int inEpoch) {
        if (inEpoch != epoch || !state.isUsed()) {
            return;
        }
        lastProof = nanoTime.getAsLong();
        if (state == TokenState.SUSPECT) {
            enter(TokenState.READY, "a probe succeeded");
        }
    }

    /** Whether the token is to be let in anew now. */
    public synchronized boolean isRecoveryDue() {
        return (state == TokenState.RECOVERING || state == TokenState.DOWN) && nanoTime.getAsLong() - nextAttempt >= 0;
    }

    /** A token that was out of use is there again, and must prove itself; requests wait for that. */
    public synchronized void found() {
        if (state == TokenState.DOWN) {
            enter(TokenState.RECOVERING, "the token is there again");
        }
    }

    /** It was let in anew, and proved itself: a new epoch begins. */
    public synchronized void recovered() {
        epoch++;
        failures.clear();
        lastProof = nanoTime.getAsLong();
        enter(TokenState.READY, "let in anew");
    }

    /** It could not be let in; tried again after a pause. */
    public synchronized void notRecovered(String why) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
        attempts++;
        nextAttempt = nanoTime.getAsLong() + (pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause).toNanos();
        if (state == TokenState.RECOVERING) {
            enter(TokenState.DOWN, why);
        }
        reason = why;
    }

    /** It must not be tried again by itself. */
    public synchronized void refused(TokenState waiting, String why) {
        enter(waiting, why);
    }

    /** An operator changed something: where the token waits for that, it is tried again, once. */
    public synchronized void retry(String why) {
        if (state.waitsForOperator()) {
            attempts = 0;
            nextAttempt = nanoTime.getAsLong();
            enter(TokenState.RECOVERING, why);
        }
    }

    /**
     * Waits while the token recovers.
     *
     * @param deadline of {@link System#nanoTime()}
     * @return the state then: recovering still where the deadline passed
     */
    public TokenState awaitDecision(long deadline) throws InterruptedException {
        return state == TokenState.RECOVERING ? awaitChange(deadline) : state;
    }

    private synchronized TokenState awaitChange(long deadline) throws InterruptedException {
        for (long left = millisUntil(deadline);
                state == TokenState.RECOVERING && left > 0;
                left = millisUntil(deadline)) {
            wait(left);
        }
        return state;
    }

    private static long millisUntil(long deadline) {
        return Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    }

    private void enter(TokenState next, String why) {
        TokenState before = state;
        reason = why;
        if (next == before) {
            return;
        }
        state = next;
        since = nanoTime.getAsLong();
        notifyAll();
        listener.accept(new TokenChange(before, next, epoch, why));
    }
}
