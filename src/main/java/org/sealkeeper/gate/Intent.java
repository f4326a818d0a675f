package org.sealkeeper.gate;

import java.util.EnumSet;
import java.util.Set;
import org.sealkeeper.gate.KeyUse.Step;

/**
 * That one use of one key is allowed, and durably recorded as about to be made. The gate alone makes one, once the transaction of its
 * leaf is committed, and accepts it while it carries the use out: each step once.
 *
 * @param <U> what may be done
 */
public final class Intent<U extends KeyUse> {
    private final long leaf;
    private final U use;
    private final Set<Step> left;
    private State state = State.RECORDED;

    private enum State {
        RECORDED,
        UNDER_WAY,
        ENDED
    }

    Intent(long leaf, U use) {
        this.leaf = leaf;
        this.use = use;
        this.left = EnumSet.copyOf(use.steps());
    }

    /** The index of the leaf that recorded it. */
    long leaf() {
        return leaf;
    }

    /** @throws IllegalStateException if it was carried out already, or is being carried out */
    synchronized void begin() {
        if (state != State.RECORDED) {
            throw new IllegalStateException("expected an intent that was not used yet, found one of "
                    + use.getClass().getSimpleName() + " that is " + state);
        }
        state = State.UNDER_WAY;
    }

    /** @throws IllegalStateException if this step was made already, or the intent is not being carried out */
    synchronized U take(Step step) {
        if (state != State.UNDER_WAY || !left.remove(step)) {
            throw new IllegalStateException("expected an intent under way with its step " + step
                    + " left, found one of " + use.getClass().getSimpleName() + " that is " + state + " with " + left);
        }
        return use;
    }

    synchronized void end() {
        state = State.ENDED;
    }
}
