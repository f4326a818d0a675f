package org.sealkeeper.sealing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Asks the appliance to move many data keys at once to the newest version ({@code /v1/data-keys/rewrap/batch}). */
final class RewrapBatch {
    private final ObjectMapper json = new ObjectMapper();
    private final ApplianceClient appliance;

    RewrapBatch(ApplianceClient appliance) {
        this.appliance = appliance;
    }

    /**
     * The results, one for each line and in their order.
     *
     * @throws ApplianceFault if the appliance cannot be asked, or gives another number of results
     * @throws ApplianceRefusal if it refuses the whole batch
     */
    List<Result> results(Collection<ObjectNode> lines) {
        JsonNode results =
                appliance.post("v1/data-keys/rewrap/batch", request(lines)).path("results");
        if (results.size() != lines.size()) {
            throw new ApplianceFault("expected " + lines.size() + " results, found " + results.size(), null);
        }
        return StreamSupport.stream(results.spliterator(), false)
                .map(Result::new)
                .toList();
    }

    private ObjectNode request(Collection<ObjectNode> lines) {
        ObjectNode request = json.createObjectNode();
        ArrayNode keys = request.putArray("keys");
        for (ObjectNode line : lines) {
            ObjectNode key = keys.addObject();
            key.set("wrapped", line.path("wrapped"));
            key.set("context", line.path("context"));
        }
        return request;
    }

    /** What the appliance answered about one data key; it is judged when it is asked. */
    record Result(JsonNode answer) {

        /** The name of the problem; empty where the data key was not refused. */
        Optional<String> problem() {
            return answer.has("problem")
                    ? Optional.of(
                            ApplianceClient.refusal(answer.at("/problem/status").asInt(), answer.path("problem"))
                                    .problem())
                    : Optional.empty();
        }

        /** Whether the data key of this line is under the newest version already. */
        boolean isUnchanged(ObjectNode line) {
            return answer.path("wrapped").equals(line.path("wrapped"));
        }

        /**
         * The data key, wrapped under the newest version.
         *
         * @throws ApplianceFault if the answer has none
         */
        JsonNode wrapped() {
            JsonNode wrapped = answer.path("wrapped");
            if (!wrapped.isTextual()) {
                throw new ApplianceFault("expected 'wrapped' in each of the appliance's results, found none", null);
            }
            return wrapped;
        }
    }
}
