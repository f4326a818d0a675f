package org.sealkeeper.hsm;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.hsm.state.TokenStateMachine;

/** In which state a token is. */
public final class TokenHealth implements AutoCloseable {
    private final TokenSettings settings;
    private final TokenStateMachine machine;
    private final TokenAccess access;
    private final PooledWork work;
    private final List<BackgroundLoop> loops = new CopyOnWriteArrayList<>();

    TokenHealth(TokenSettings settings, TokenStateMachine machine, TokenAccess access, PooledWork work) {
        this.settings = settings;
        this.machine = machine;
        this.access = access;
        this.work = work;
    }

    /** An operator changed something: a token that waits for that is tried again, once. A PIN that was refused is not. */
    public void retry(String why) {
        machine.retry(why);
    }

    /** What the token is like now, without asking it. */
    public TokenStatus status() {
        return new TokenStatus(
                settings.label(),
                access.lastEpoch().map(epoch -> epoch.slot().serial()),
                machine.snapshot(),
                settings.profile().probeInterval(),
                work.use());
    }

    /** Whether callers' work is done in it now. */
    public boolean isUsed() {
        return access.isUsed();
    }

    /** The part of its sessions for signatures that is busy, waiting requests included: 0 where none is, 1 or more where all are. */
    double load() {
        return work.load();
    }

    /** As {@link #load}, of its sessions for data keys. */
    double dataKeyLoad() {
        return work.dataKeyLoad();
    }

    /** What the token says of itself now, within the deadline of a signature; fails at once where the token is out of use. */
    public CompletionStage<TokenDescription> describe() {
        return work.inquire(session -> TokenDescription.of(work.epoch().slot(), settings.profile()));
    }

    TokenSettings settings() {
        return settings;
    }

    TokenStateMachine machine() {
        return machine;
    }

    TokenAccess access() {
        return access;
    }

    PooledWork work() {
        return work;
    }

    void observe(TokenObserver observer) {
        access.observe(observer);
        machine.watch(observer::changed);
    }

    /** Starts a loop that ends with the token. */
    void run(BackgroundLoop loop) {
        loops.add(loop);
        loop.start();
    }

    /** Ends its loops; a recovery that is under way is left to itself. */
    @Override
    public void close() {
        loops.forEach(BackgroundLoop::close);
    }
}
