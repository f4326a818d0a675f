package org.sealkeeper.appliance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.TokenObserver;
import org.sealkeeper.hsm.TokenStatus;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.hsm.state.TokenChange;
import org.sealkeeper.hsm.state.TokenState;

/** Makes known what happens to the token: in the log, in the metrics, in the audit log, and from an outage on by the webhook. */
@Singleton
final class TokenEvents implements TokenObserver {
    private static final System.Logger LOG = System.getLogger(TokenEvents.class.getName());

    private static final Duration[] BUCKETS = LongStream.of(
                    250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
                    5_000_000)
            .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final TokenLeaves leaves;
    private final Alarms alarms;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    TokenEvents(MeterRegistry registry, Hsm hsm, TokenLeaves leaves, Alarms alarms) {
        this.registry = registry;
        this.leaves = leaves;
        this.alarms = alarms;
        for (TokenState state : TokenState.values()) {
            gauge(hsm, state);
            changes(state, 0);
        }
        Gauge.builder(
                        "sealkeeper.token.epoch",
                        hsm,
                        token -> token.health().status().state().epoch())
                .description("How often the token was let in")
                .register(registry);
        hsm.health().status().pools().keySet().forEach(pool -> meter(hsm, pool));
    }

    private void gauge(Hsm hsm, TokenState state) {
        Gauge.builder("sealkeeper.token.state", hsm, token -> isIn(token, state) ? 1 : 0)
                .description("1 for the state the token is in")
                .tag("state", state.text())
                .register(registry);
    }

    private static boolean isIn(Hsm token, TokenState state) {
        return token.health().status().state().state() == state;
    }

    private void meter(Hsm hsm, String pool) {
        timers.put(
                pool,
                Timer.builder("sealkeeper.token.work")
                        .description("How long a session was at work in the token")
                        .tag("pool", pool)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry));
        pool(hsm, pool, "busy", TokenStatus.PoolUse::busy);
        pool(hsm, pool, "stuck", TokenStatus.PoolUse::stuck);
        pool(hsm, pool, "waiting", TokenStatus.PoolUse::waiting);
    }

    private interface Count {
        int of(TokenStatus.PoolUse use);
    }

    private void pool(Hsm hsm, String pool, String what, Count count) {
        Gauge.builder(
                        "sealkeeper.token.pool",
                        hsm,
                        token -> count.of(token.health().status().pool(pool)))
                .description("Sessions that are busy or stuck in calls, and requests that wait for one")
                .tag("pool", pool)
                .tag("what", what)
                .register(registry);
    }

    private void changes(TokenState to, int more) {
        registry.counter("sealkeeper.token.changes", "to", to.text()).increment(more);
    }

    @Override
    public void changed(TokenChange change) {
        LOG.log(
                change.to().isUsed() ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                "the token is {0} (epoch {1}; before: {2}): {3}",
                change.to().text(),
                Integer.toString(change.epoch()),
                change.from().text(),
                change.reason());
        changes(change.to(), 1);
        leaves.append(change.to());
        if (isOutage(change.to()) || (change.to() == TokenState.READY && change.from() != TokenState.SUSPECT)) {
            alarms.token(change);
        }
    }

    private static boolean isOutage(TokenState state) {
        return state == TokenState.DOWN || state.waitsForOperator();
    }

    @Override
    public void failed(HsmFault fault) {
        registry.counter(
                        "sealkeeper.token.failures",
                        "function",
                        fault.function().orElse("none"),
                        "answer",
                        fault.meaning() == Meaning.UNKNOWN
                                ? "CKR_VENDOR_DEFINED"
                                : fault.returnValue().orElse(fault.meaning().name()))
                .increment();
    }

    @Override
    public void worked(String pool, Duration time) {
        Timer timer = timers.get(pool);
        if (timer != null) {
            timer.record(time);
        }
    }
}
