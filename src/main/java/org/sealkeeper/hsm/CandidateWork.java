package org.sealkeeper.hsm;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.xipki.pkcs11.wrapper.Session;

/** Work that proves a token which was let in anew, and is not in use yet: done at once, on the calling thread. */
final class CandidateWork implements TokenWork {
    private final Epoch epoch;
    private final PooledSession session;

    CandidateWork(Epoch epoch, TokenProfile profile) {
        this.epoch = epoch;
        this.session = new PooledSession(epoch, profile);
    }

    @Override
    public Epoch epoch() {
        return epoch;
    }

    @Override
    public <T> CompletionStage<T> sign(CkaId key, Function<PooledSession, T> work) {
        return done(work);
    }

    @Override
    public <T> CompletionStage<T> useDataKeys(CkaId key, Function<PooledSession, T> work) {
        return done(work);
    }

    @Override
    public <T> CompletionStage<T> writeRecord(Function<PooledSession, T> work) {
        return done(work);
    }

    @Override
    public <T> CompletionStage<T> examine(Function<Session, T> work) {
        return done(ignored -> epoch.onSession(work));
    }

    @Override
    public <T> T administer(Function<TokenObjects, T> work) {
        return epoch.onSession(own -> work.apply(epoch.objects(own)));
    }

    @Override
    public <T> T await(Function<PooledSession, T> work) {
        return work.apply(session);
    }

    private <T> CompletionStage<T> done(Function<PooledSession, T> work) {
        try {
            return CompletableFuture.completedStage(work.apply(session));
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
