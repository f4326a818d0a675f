package org.sealkeeper.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.policy.ClaimsInView;

/** The claims a policy looked at, as leaves keep them: compact JSON with its members sorted, so that the decision can be made again. */
final class KeptClaims {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private KeptClaims() {}

    /** Empty where the policy looks at no claims, or at more than a leaf has room for: the leaf then says less, but nothing wrong. */
    static Optional<String> of(BearerToken token, ClaimsInView view) {
        if (view.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.writeValueAsString(view.of(token)))
                    .filter(text -> text.length() <= Decision.MAX_CLAIMS)
                    .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("claims are JSON values", e);
        }
    }

    /** @throws IllegalArgumentException if it is not the JSON of claims */
    static Map<String, Object> parse(String text) {
        try {
            return JSON.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected a JSON object of claims", e);
        }
    }
}
