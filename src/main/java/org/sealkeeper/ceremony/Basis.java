package org.sealkeeper.ceremony;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.sealkeeper.verify.CanonicalJson;

/**
 * What a request rests on: if any of it is other when the request is executed, its changes may not mean what its approvers meant.
 *
 * @param tokens in the order of {@code appliance.yaml}
 * @param catalogue SHA-256, in lowercase hex, of what the store says of keys, recipients and windows
 * @param drift what in the tokens was not as the store says, a sentence each
 */
public record Basis(List<TokenIdentity> tokens, String catalogue, List<String> drift) {
    public Basis {
        tokens = List.copyOf(tokens);
        drift = List.copyOf(drift);
    }

    Map<String, Object> json() {
        return Map.of(
                "tokens", tokens.stream().map(TokenIdentity::json).toList(), "catalogue", catalogue, "drift", drift);
    }

    static Basis parse(JsonNode json) {
        return new Basis(
                CanonicalJson.items(json, "tokens").stream()
                        .map(TokenIdentity::parse)
                        .toList(),
                CanonicalJson.text(json, "catalogue"),
                CanonicalJson.texts(json, "drift"));
    }
}
