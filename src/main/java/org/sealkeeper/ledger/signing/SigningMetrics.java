package org.sealkeeper.ledger.signing;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Counts what requests for signatures end in: {@code sealkeeper_blocks_total} by {@code outcome}, which is {@code signed},
 * {@code replayed}, {@code failed}, or the name of the problem a refusal is answered with.
 */
public final class SigningMetrics {
    private final MeterRegistry registry;

    public SigningMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(@Nullable SigningOutcome outcome) {
        registry.counter("sealkeeper.blocks", "outcome", name(outcome)).increment();
    }

    private static String name(@Nullable SigningOutcome outcome) {
        return switch (outcome) {
            case null -> "failed";
            case SigningOutcome.Signed(var _, var replay) -> replay ? "replayed" : "signed";
            case Refusal refusal -> RefusalProblem.of(refusal).type().name();
        };
    }
}
