package org.sealkeeper.ledger.door;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.ledger.SignedBlock;

/**
 * What became of each block of a batch.
 *
 * @param results in the order of the request
 */
record BatchResult(List<Item> results) {

    /** A signed block, or the problem that kept it from being signed. */
    @Schema(
            name = "BatchResultItem",
            oneOf = {SignedBlock.class, Refused.class})
    sealed interface Item {
        @JsonValue
        Object json();

        /** Whether it carries the proof that it was recorded. */
        default boolean isProven() {
            return json() instanceof SignedBlock block && block.auditProof().isPresent();
        }
    }

    record Signed(SignedBlock json) implements Item {}

    @Schema(name = "BatchProblem", requiredProperties = "problem")
    record Refused(
            @Schema(ref = "#/components/schemas/Problem") Problem problem) implements Item {
        @Override
        public Object json() {
            return Map.of("problem", problem);
        }
    }
}
