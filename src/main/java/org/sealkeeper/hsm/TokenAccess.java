package org.sealkeeper.hsm;

import java.time.Duration;
import java.util.Optional;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.hsm.state.TokenState;
import org.sealkeeper.hsm.state.TokenStateMachine;

/**
 * The way into a token for all that callers want: open while the token is used, waited at while it recovers, refused at once while it is out of
 * use. All who are in are in one epoch: it does not end before they have left.
 */
final class TokenAccess implements LibraryUser {
    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(1);

    private final TokenStateMachine machine;
    private final Library library;
    private final CallGate calls = new CallGate();
    private volatile Optional<Epoch> epoch;
    private volatile Optional<TokenObserver> observer = Optional.empty();

    /** @param first empty where the token is yet to be let in */
    TokenAccess(TokenStateMachine machine, Library library, Optional<Epoch> first) {
        this.machine = machine;
        this.library = library;
        this.epoch = first;
        library.add(this);
    }

    Library library() {
        return library;
    }

    @Override
    public CallGate calls() {
        return calls;
    }

    @Override
    public boolean isUsed() {
        return machine.state().isUsed();
    }

    /** The one that is used, or was used last; empty where the token was never let in. */
    Optional<Epoch> lastEpoch() {
        return epoch;
    }

    /**
     * The one that is used, or was used last.
     *
     * @throws HsmFault if the token was never let in
     */
    Epoch epoch() {
        return epoch.orElseThrow(this::refusal);
    }

    /**
     * Waits for the token as long as it is worth while. Who enters must {@link #leave}.
     *
     * @param deadline of {@link System#nanoTime()}
     * @throws HsmFault if the token is out of use, or recovers for too long
     */
    Epoch enter(long deadline) {
        try {
            while (machine.awaitDecision(deadline).isUsed() && calls.enter(deadline)) {
                Epoch entered = epoch();
                if (isUsable(entered)) {
                    return entered;
                }
                leave();
            }
        } catch (InterruptedException e) {
            // None of ours: the deadline and the end of the pool end this thread's work.
        }
        throw refusal();
    }

    /** Asked once more from within: a recovery may have begun before, and ended with a token that is out of use. */
    private boolean isUsable(Epoch entered) {
        if (!isAlive(entered)) {
            machine.failed(entered.number(), Meaning.LOGIN_LOST, "the library was initialized anew for another token");
        }
        return machine.state().isUsed();
    }

    private HsmFault refusal() {
        var now = machine.snapshot();
        return new HsmFault(
                Meaning.OWN_FAULT,
                now.state() == TokenState.RECOVERING
                        ? "the token is recovering, and has not in time: " + now.reason()
                        : "the token is out of use (" + now.state().text() + "): " + now.reason());
    }

    void leave() {
        calls.leave();
    }

    /** Ends the login, though the token may be out of use. */
    void close() {
        library.remove(this);
        epoch.filter(this::isAlive).ifPresent(last -> close(last::close));
    }

    /** Closes what is left, though the token may be out of use; not while the library is initialized anew, which has closed it. */
    void close(Runnable sessions) {
        try {
            if (calls.enter(System.nanoTime() + TIME_TO_CLOSE.toNanos())) {
                try {
                    sessions.run();
                } finally {
                    leave();
                }
            }
        } catch (InterruptedException e) {
            // The process ends: so do the sessions.
        }
    }

    /** Whether the numbers of its sessions still mean them. */
    boolean isAlive(Epoch asked) {
        return epoch.filter(last -> last == asked).isPresent() && asked.generation() == library.generation();
    }

    /** Tells what happened to work of that epoch. */
    void failed(Epoch in, HsmFault fault) {
        observer.ifPresent(told -> told.failed(fault));
        machine.failed(in.number(), fault.meaning(), String.valueOf(fault.getMessage()));
    }

    /** Tells how long work of a pool took. */
    void worked(String pool, long nanos) {
        observer.ifPresent(told -> told.worked(pool, Duration.ofNanos(nanos)));
    }

    void observe(TokenObserver told) {
        observer = Optional.of(told);
    }

    void stuck(int calls, int sessions) {
        machine.stuck(calls, sessions);
    }

    /** Only while none is in. */
    void begin(Epoch next) {
        epoch = Optional.of(next);
    }
}
