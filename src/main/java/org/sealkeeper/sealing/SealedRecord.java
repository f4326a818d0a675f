package org.sealkeeper.sealing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record as it is stored: {@code {"context":{…},"jwe":{"aad","ciphertext","iv","protected","tag"},"wrapped":"…"}}. The JWE is in
 * the flattened JSON serialization (RFC 7516 section 7.2.2), without {@code encrypted_key}: that is what the appliance releases.
 *
 * @param context what the data key is bound to; the JWE's {@code aad} is its canonical JSON (RFC 8785)
 * @param wrapped the data key, for the appliance alone
 */
public record SealedRecord(
        @JsonProperty(required = true) Map<String, String> context,
        @JsonProperty(required = true) Map<String, String> jwe,
        @JsonProperty(required = true) String wrapped) {
    private static final String EXPECTED = "expected a sealed record: context, jwe and wrapped, as JSON";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public SealedRecord {
        context = new TreeMap<>(context);
        jwe = new TreeMap<>(jwe);
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException if it is of another form
     */
    public static SealedRecord parse(byte[] json) {
        try {
            SealedRecord read = JSON.readValue(json, SealedRecord.class);
            if (read == null || read.hasNulls()) {
                throw new IllegalArgumentException(EXPECTED);
            }
            return read;
        } catch (IOException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
    }

    /** JSON has them where Java's types say there are none. */
    private boolean hasNulls() {
        return wrapped == null || context.containsValue(null) || jwe.containsValue(null);
    }

    /** The bytes to store, and whose hash a block may hold. */
    public byte[] json() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always JSON", e);
        }
    }
}
