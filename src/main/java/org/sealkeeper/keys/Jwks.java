package org.sealkeeper.keys;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys as a JWK Set (RFC 7517): all that were ever used for signing, so that old signatures stay verifiable. Each has {@code
 * kid}, {@code alg}, {@code use}, {@code nbf} (seconds since 1970, when it was made) and {@code x5c}.
 */
public final class Jwks {
    private final String json;

    private Jwks(String json) {
        this.json = json;
    }

    public static Jwks of(List<CataloguedKey> keys) {
        List<Map<String, Object>> jwks = new ArrayList<>();
        for (CataloguedKey key : keys) {
            Map<String, Object> jwk =
                    new LinkedHashMap<>(key.verificationKey().jwk().toJSONObject());
            jwk.put("nbf", key.createdAt().getEpochSecond());
            jwk.put("x5c", List.of(KeyRow.encoded(key.certificate())));
            jwks.add(jwk);
        }
        return new Jwks(JSONObjectUtils.toJSONString(Map.of("keys", jwks)));
    }

    /** The JSON text. */
    public String json() {
        return json;
    }
}
