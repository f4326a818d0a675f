package org.sealkeeper.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The blocks tests ask to have signed: each hash is that of a name, so that any test can compute any chain. */
public final class Blocks {
    public static final String GENESIS_LINK = "0".repeat(64);
    private static final ObjectMapper JSON = new ObjectMapper();

    private Blocks() {}

    /** The SHA-256 of a name, in hex. */
    public static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The hash of the block at a height of the chain with this seed; zeros below genesis. */
    public static String hash(String seed, long height) {
        return height < 0 ? GENESIS_LINK : hash(seed + "/" + height);
    }

    /** The request for the block at a height of the chain with this seed. */
    public static String request(String seed, long height) {
        return request(height, hash(seed, height - 1), hash(seed, height));
    }

    public static String request(long height, String previousHash, String blockHash) {
        return "{\"height\":%d,\"previousHash\":\"%s\",\"blockHash\":\"%s\"}"
                .formatted(height, previousHash, blockHash);
    }

    public static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("expected JSON, found " + text, e);
        }
    }
}
