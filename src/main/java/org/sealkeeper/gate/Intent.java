package org.sealkeeper.gate;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sealkeeper.gate.KeyUse.Step;
import org.sealkeeper.kernel.TokenLabel;

/**
 * That one use of one key is allowed, and durably recorded as about to be made. The gate alone makes one, once the transaction of its
 * leaf is committed, and accepts it while it carries the use out: each step once.
 *
 * @param <U> what may be done
 */
public final class Intent<U extends KeyUse> {
    private final List<Long> leaves;
    private final U use;
    private final Set<Step> left;
    private final Set<Attempt> attempts = new HashSet<>();
    private State state = State.RECORDED;

    private enum State {
        RECORDED,
        UNDER_WAY,
        ENDED
    }

    /** A step that was asked of a token. */
    private record Attempt(Step step, TokenLabel token) {}

    Intent(List<Long> leaves, U use) {
        this.leaves = List.copyOf(leaves);
        this.use = use;
        this.left = EnumSet.copyOf(use.steps());
    }

    /** The indexes of the leaves that recorded it: one, but for the signature of a batch, which has one for each block. */
    List<Long> leaves() {
        return leaves;
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
            throw refused(step);
        }
        return use;
    }

    /**
     * A step that is asked of one token after the other, until one can: once of each.
     *
     * @throws IllegalStateException if this token was asked already, or the intent is not being carried out
     */
    synchronized U take(Step step, TokenLabel token) {
        if (state != State.UNDER_WAY || !left.contains(step) || !attempts.add(new Attempt(step, token))) {
            throw refused(step);
        }
        return use;
    }

    private IllegalStateException refused(Step step) {
        return new IllegalStateException("expected an intent under way with its step " + step + " left, found one of "
                + use.getClass().getSimpleName() + " that is " + state + " with " + left);
    }

    synchronized void end() {
        state = State.ENDED;
    }
}
