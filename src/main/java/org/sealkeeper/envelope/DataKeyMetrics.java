package org.sealkeeper.envelope;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Counts what requests about data keys end in: {@code sealkeeper_data_keys_total} by {@code operation} and {@code outcome},
 * which is {@code done}, {@code failed}, or the name of the problem a refusal is answered with.
 */
public final class DataKeyMetrics {
    private final MeterRegistry registry;

    public DataKeyMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    CompletionStage<Answer> counted(String operation, CompletionStage<Answer> answer) {
        return answer.whenComplete((ended, failure) -> registry.counter(
                        "sealkeeper.data.keys", "operation", operation, "outcome", outcome(ended))
                .increment());
    }

    private static String outcome(@Nullable Answer answer) {
        if (answer == null) {
            return "failed";
        }
        return switch (answer.result()) {
            case DataKeyResult.Success _ -> "done";
            case Refusal refusal -> RefusalProblem.of(refusal).type().name();
        };
    }
}
