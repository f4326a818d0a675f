package org.sealkeeper.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import org.sealkeeper.http.Problem;

/**
 * What became of each block of a batch.
 *
 * @param results in the order of the request
 */
record BatchResult(List<Item> results) {

    /** A signed block, or the problem that kept it from being signed. */
    sealed interface Item {
        @JsonValue
        Object json();
    }

    record Signed(SignedBlock json) implements Item {}

    record Refused(Problem problem) implements Item {
        @Override
        public Object json() {
            return Map.of("problem", problem);
        }
    }
}
