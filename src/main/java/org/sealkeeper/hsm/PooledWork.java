package org.sealkeeper.hsm;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.kernel.Completion;
import org.xipki.pkcs11.wrapper.Session;

/**
 * The threads that use the token, each with a session of its own: signing, data keys, administration, records and probes have their own, so that
 * none of them waits for another.
 */
final class PooledWork implements TokenWork {
    /** Some tokens search minutes for RSA primes. */
    private static final Duration ADMINISTRATION_DEADLINE = Duration.ofMinutes(5);

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);
    private static final String NO_KEY = "";
    /** No CKA_ID: a share of its own. */
    private static final String INQUIRY = "inquiry";

    private static final int ADMINISTRATION_SESSIONS = 2;
    private static final int PROBE_SESSIONS = 2;
    private static final int OWN_QUEUE = 16;

    private final TokenProfile profile;
    private final TokenAccess access;
    private final SequencedMap<String, SessionPool> pools = new LinkedHashMap<>();
    private final SessionPool signing;
    private final SessionPool dataKeys;
    private final SessionPool administration;
    /** One session, since one write at a time is all there is: every signature waits for the record of its claim. */
    private final SessionPool records;

    private final SessionPool probes;

    PooledWork(TokenProfile profile, TokenAccess access, BackgroundLoops loops) {
        this.profile = profile;
        this.access = access;
        this.signing = pool("signing", profile.poolSize(), profile.queueLength(), loops);
        this.dataKeys = pool("data-keys", profile.poolSize(), profile.queueLength(), loops);
        this.administration = pool("administration", ADMINISTRATION_SESSIONS, OWN_QUEUE, loops);
        this.records = pool("records", 1, OWN_QUEUE, loops);
        this.probes = pool("probes", PROBE_SESSIONS, OWN_QUEUE, loops);
    }

    private SessionPool pool(String name, int size, int queueLength, BackgroundLoops loops) {
        var pool = new SessionPool(
                name, access, epoch -> new PooledSession(epoch, profile), size, queueLength, profile.deadline(), loops);
        pools.put(name, pool);
        return pool;
    }

    @Override
    public Epoch epoch() {
        return access.epoch();
    }

    @Override
    public <T> CompletionStage<T> sign(CkaId key, Function<PooledSession, T> work) {
        return signing.submit(new SessionRequest<>(key.hex(), true, work, profile.deadline()));
    }

    @Override
    public <T> CompletionStage<T> useDataKeys(CkaId key, Function<PooledSession, T> work) {
        return dataKeys.submit(new SessionRequest<>(key.hex(), true, work, profile.deadline()));
    }

    @Override
    public <T> CompletionStage<T> writeRecord(Function<PooledSession, T> work) {
        return records.submit(new SessionRequest<>(NO_KEY, false, work, profile.deadline()));
    }

    @Override
    public <T> CompletionStage<T> examine(Function<Session, T> work) {
        return administration.submit(
                new SessionRequest<>(NO_KEY, false, ignored -> onOwnSession(work), profile.deadline()));
    }

    /** Proves that the token works; waits for nothing else, and is not repeated: the answer counts. */
    <T> CompletionStage<T> probe(Function<PooledSession, T> work) {
        return probes.submit(new SessionRequest<>(NO_KEY, false, work, profile.deadline()));
    }

    /**
     * Asks the token of itself, on one session at a time: where it does not answer, those who look again and again hold no more, and do not
     * take it out of use.
     */
    <T> CompletionStage<T> inquire(Function<PooledSession, T> work) {
        return administration.submit(new SessionRequest<>(INQUIRY, false, work, profile.deadline()));
    }

    @Override
    public <T> T administer(Function<TokenObjects, T> work) {
        return await(
                ignored -> onOwnSession(session -> work.apply(access.epoch().objects(session))));
    }

    @Override
    public <T> T await(Function<PooledSession, T> work) {
        return Completion.await(
                administration.submit(new SessionRequest<>(NO_KEY, false, work, ADMINISTRATION_DEADLINE)));
    }

    private <T> T onOwnSession(Function<Session, T> work) {
        return access.epoch().onSession(work);
    }

    /** As {@link TokenHealth#load}. */
    double load() {
        return load(signing);
    }

    /** As {@link TokenHealth#dataKeyLoad}. */
    double dataKeyLoad() {
        return load(dataKeys);
    }

    private static double load(SessionPool pool) {
        var use = pool.use();
        return (double) (use.busy() + use.stuck() + use.waiting()) / use.sessions();
    }

    /** How each pool is used now, by its name. */
    SequencedMap<String, TokenStatus.PoolUse> use() {
        SequencedMap<String, TokenStatus.PoolUse> use = new LinkedHashMap<>();
        pools.forEach((name, pool) -> use.put(name, pool.use()));
        return use;
    }

    /** Refuses what waits, lets what is in the token end, and logs out; not where calls hang, for that would hang as well. */
    @Override
    public void close() {
        pools.sequencedValues().forEach(SessionPool::stop);
        long deadline = System.nanoTime() + STOP_WAIT.toNanos();
        if (pools.sequencedValues().stream()
                .map(pool -> pool.awaitEnd(deadline))
                .reduce(true, Boolean::logicalAnd)) {
            access.close();
        }
    }
}
