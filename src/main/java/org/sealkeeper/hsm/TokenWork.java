package org.sealkeeper.hsm;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.kernel.Completion;
import org.xipki.pkcs11.wrapper.Session;

/** The threads that use the token, each with a session of its own, and what they may be asked to do. */
final class TokenWork implements AutoCloseable {
    /** Some tokens search minutes for RSA primes. */
    private static final Duration ADMINISTRATION_DEADLINE = Duration.ofMinutes(5);

    private static final int RECORDS_AT_A_TIME = 8;

    private final TokenProfile profile;
    private final Epoch epoch;
    private final SessionPool sessions;
    /** Of its own: every signature waits for the record of its claim, which must not wait behind other signatures. */
    private final SessionPool records;

    TokenWork(TokenProfile profile, Epoch epoch, BackgroundLoops loops) {
        this.profile = profile;
        this.epoch = epoch;
        this.sessions = new SessionPool(
                "hsm",
                () -> new PooledSession(epoch, profile),
                profile.poolSize(),
                profile.queueLength(),
                profile.deadline(),
                loops);
        this.records = new SessionPool(
                "hsm-records",
                () -> new PooledSession(epoch, profile),
                1,
                RECORDS_AT_A_TIME,
                profile.deadline(),
                loops);
    }

    Epoch epoch() {
        return epoch;
    }

    /** Work on a thread of the pool, within the deadline of a signature. */
    <T> CompletionStage<T> submit(Function<PooledSession, T> work) {
        return sessions.submit(profile.deadline(), work);
    }

    /** Work on the records of this process, within the deadline of a signature; waits for no signature. */
    <T> CompletionStage<T> submitRecord(Function<PooledSession, T> work) {
        return records.submit(profile.deadline(), work);
    }

    /** As {@link #submit}, on objects of the token and on a session of its own. */
    <T> CompletionStage<T> submitOnOwnSession(Function<Session, T> work) {
        return submit(ignored -> onOwnSession(work));
    }

    /** Work on objects of the token, on a session of its own. Blocks. */
    <T> T administer(Function<TokenObjects, T> work) {
        return await(ignored -> onOwnSession(session -> work.apply(epoch.objects(session))));
    }

    /** Work on a session of the pool, which the caller waits for. */
    <T> T await(Function<PooledSession, T> work) {
        return Completion.await(sessions.submit(ADMINISTRATION_DEADLINE, work));
    }

    private <T> T onOwnSession(Function<Session, T> work) {
        Session session = epoch.openSession(true);
        try {
            return work.apply(session);
        } finally {
            Epoch.close(session);
        }
    }

    /** Refuses what waits, lets what is in the token end, and logs out. */
    @Override
    public void close() {
        records.close();
        sessions.close();
        epoch.close();
    }
}
