package org.sealkeeper.ceremony;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.sealkeeper.verify.CanonicalJson;

/**
 * What became of a request.
 *
 * @param outcomes of its changes, in their order, in words
 * @param basis what tokens and store were then: without drift, every object is as the store says
 * @param attributes what the token says of each object of what was changed, a sentence each
 * @param publicKeys those that sign, as a JWK Set (RFC 7517)
 */
public record CeremonyResult(List<String> outcomes, Basis basis, List<String> attributes, String publicKeys) {
    public CeremonyResult {
        outcomes = List.copyOf(outcomes);
        attributes = List.copyOf(attributes);
    }

    Map<String, Object> json() {
        return Map.of("outcomes", outcomes, "basis", basis.json(), "attributes", attributes, "publicKeys", publicKeys);
    }

    byte[] bytes() {
        return CanonicalJson.bytes(json());
    }

    static CeremonyResult parse(byte[] json) {
        return parse(CanonicalJson.parse(json));
    }

    static CeremonyResult parse(JsonNode json) {
        return new CeremonyResult(
                CanonicalJson.texts(json, "outcomes"),
                Basis.parse(json.path("basis")),
                CanonicalJson.texts(json, "attributes"),
                CanonicalJson.text(json, "publicKeys"));
    }
}
