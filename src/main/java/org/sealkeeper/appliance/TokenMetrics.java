package org.sealkeeper.appliance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.TokenHealth;
import org.sealkeeper.hsm.TokenStatus;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.hsm.state.TokenState;
import org.sealkeeper.kernel.TokenLabel;

/** What is measured of one token, under its label. */
final class TokenMetrics {
    private static final Duration[] BUCKETS = LongStream.of(
                    250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
                    5_000_000)
            .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final TokenHealth token;
    private final Tags tags;
    private final Map<String, Timer> timers = new HashMap<>();

    TokenMetrics(MeterRegistry registry, TokenLabel label, TokenHealth token) {
        this.registry = registry;
        this.token = token;
        this.tags = Tags.of("token", label.value());
        for (TokenState state : TokenState.values()) {
            gauge(state);
            changes(state, 0);
        }
        Gauge.builder(
                        "sealkeeper.token.epoch",
                        token,
                        asked -> asked.status().state().epoch())
                .description("How often the token was let in")
                .tags(tags)
                .register(registry);
        token.status().pools().keySet().forEach(this::meter);
    }

    private void gauge(TokenState state) {
        Gauge.builder("sealkeeper.token.state", token, asked -> isIn(asked, state) ? 1 : 0)
                .description("1 for the state the token is in")
                .tags(tags)
                .tag("state", state.text())
                .register(registry);
    }

    private static boolean isIn(TokenHealth token, TokenState state) {
        return token.status().state().state() == state;
    }

    private void meter(String pool) {
        timers.put(
                pool,
                Timer.builder("sealkeeper.token.work")
                        .description("How long a session was at work in the token")
                        .tags(tags)
                        .tag("pool", pool)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry));
        pool(pool, "busy", TokenStatus.PoolUse::busy);
        pool(pool, "stuck", TokenStatus.PoolUse::stuck);
        pool(pool, "waiting", TokenStatus.PoolUse::waiting);
    }

    private interface Count {
        int of(TokenStatus.PoolUse use);
    }

    private void pool(String pool, String what, Count count) {
        Gauge.builder(
                        "sealkeeper.token.pool",
                        token,
                        asked -> count.of(asked.status().pool(pool)))
                .description("Sessions that are busy or stuck in calls, and requests that wait for one")
                .tags(tags)
                .tag("pool", pool)
                .tag("what", what)
                .register(registry);
    }

    void changed(TokenState to) {
        changes(to, 1);
    }

    private void changes(TokenState to, int more) {
        registry.counter("sealkeeper.token.changes", tags.and("to", to.text())).increment(more);
    }

    void failed(HsmFault fault) {
        String answer = fault.meaning() == Meaning.UNKNOWN
                ? "CKR_VENDOR_DEFINED"
                : fault.returnValue().orElse(fault.meaning().name());
        registry.counter(
                        "sealkeeper.token.failures",
                        tags.and("function", fault.function().orElse("none"), "answer", answer))
                .increment();
    }

    void worked(String pool, Duration time) {
        Timer timer = timers.get(pool);
        if (timer != null) {
            timer.record(time);
        }
    }
}
