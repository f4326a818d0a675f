package org.sealkeeper.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.sealkeeper.verify.CanonicalJson;

/**
 * A leaf of the audit log.
 *
 * @param entry its exact bytes, which are text
 * @param proof that it is in the log (C2SP tlog-proof)
 */
public record ProvenLeaf(String entry, String proof) {
    /** Its JSON, as {@link CanonicalJson} writes it. */
    public Map<String, String> json() {
        return Map.of("entry", entry, "proof", proof);
    }

    /**
     * The reverse of {@link #json}.
     *
     * @throws IllegalArgumentException if it is not what that gives
     */
    public static ProvenLeaf parse(JsonNode json) {
        return new ProvenLeaf(CanonicalJson.text(json, "entry"), CanonicalJson.text(json, "proof"));
    }

    /**
     * What the entry says.
     *
     * @throws IllegalArgumentException if it is no leaf
     */
    public RecordedLeaf leaf() {
        return RecordedLeaf.parse(entry.getBytes(UTF_8));
    }
}
