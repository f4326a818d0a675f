package org.sealkeeper.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.verify.CanonicalJson;

/**
 * A bundle that proves one thing (docs/formats/evidence.md). What it says is worth what those who judge it trust: nothing in it is believed
 * because it is there.
 *
 * @param block a signed block, as the API gives it, where it is about one
 * @param predecessor the signed block that it links to, where there is one
 * @param certificates that of the key first, then those of the authorities above it, DER in base64
 * @param leaves of the audit log that say what was done: the last one is what the bundle is about, those before it are named by it
 * @param history leaves that say what became of the key, in the order of the log
 * @param policy the text of the policy that decided, where it may be shown
 */
public record Evidence(
        About about,
        Optional<String> block,
        Optional<String> predecessor,
        List<String> certificates,
        List<ProvenLeaf> leaves,
        List<ProvenLeaf> history,
        Optional<String> policy) {
    /** Far above any honest one. */
    public static final int MAX_BYTES = 1 << 24;

    private static final String FORMAT = "sealkeeper-evidence/1";

    /** What a bundle is about. */
    public enum About {
        /** A block was signed. */
        BLOCK("block"),
        /** Something else was done, or refused: the release of a data key, an emergency, a change of keys. */
        LEAF("leaf"),
        /** What became of a key. */
        KEY("key");

        private final String text;

        About(String text) {
            this.text = text;
        }

        /** Its name in the file. */
        public String text() {
            return text;
        }

        private static About named(String text) {
            return Arrays.stream(values())
                    .filter(about -> about.text.equals(text))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("expected a bundle about a block, a leaf or a key"));
        }
    }

    public Evidence {
        certificates = List.copyOf(certificates);
        leaves = List.copyOf(leaves);
        history = List.copyOf(history);
        boolean isComplete = switch (about) {
            case BLOCK -> block.isPresent() && !leaves.isEmpty();
            case LEAF ->
                isWithoutBlock(block, predecessor) && !leaves.isEmpty() && history.isEmpty() && certificates.isEmpty();
            case KEY ->
                isWithoutBlock(block, predecessor) && leaves.isEmpty() && !history.isEmpty() && policy.isEmpty();
        };
        if (!isComplete) {
            throw new IllegalArgumentException(
                    "expected a block, leaves, or the history of a key, as it is about one of these, and nothing else");
        }
    }

    private static boolean isWithoutBlock(Optional<String> block, Optional<String> predecessor) {
        return block.isEmpty() && predecessor.isEmpty();
    }

    /**
     * Reads a bundle.
     *
     * @throws IllegalArgumentException if it is anything but what {@link #bytes} gives
     */
    public static Evidence parse(byte[] bytes) {
        JsonNode json = CanonicalJson.parse(bytes);
        var evidence = new Evidence(
                About.named(CanonicalJson.text(json, "about")),
                optional(json, "block"),
                optional(json, "predecessor"),
                CanonicalJson.texts(json, "certificates"),
                leaves(json, "leaves"),
                leaves(json, "history"),
                optional(json, "policy"));
        if (!Arrays.equals(evidence.bytes(), bytes)) {
            throw new IllegalArgumentException("expected a bundle as Sealkeeper writes it, byte by byte");
        }
        return evidence;
    }

    private static Optional<String> optional(JsonNode json, String name) {
        return json.has(name) ? Optional.of(CanonicalJson.text(json, name)) : Optional.empty();
    }

    private static List<ProvenLeaf> leaves(JsonNode json, String name) {
        return CanonicalJson.items(json, name).stream().map(ProvenLeaf::parse).toList();
    }

    /** Its canonical JSON. */
    public byte[] bytes() {
        Map<String, Object> members = new TreeMap<>(Map.of(
                "format",
                FORMAT,
                "about",
                about.text,
                "certificates",
                certificates,
                "leaves",
                leaves.stream().map(ProvenLeaf::json).toList(),
                "history",
                history.stream().map(ProvenLeaf::json).toList()));
        block.ifPresent(text -> members.put("block", text));
        predecessor.ifPresent(text -> members.put("predecessor", text));
        policy.ifPresent(text -> members.put("policy", text));
        return CanonicalJson.bytes(members);
    }

    @Override
    public String toString() {
        return new String(bytes(), UTF_8);
    }
}
