package org.sealkeeper.merkle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A log's request to a witness to cosign its checkpoint: the body of {@code add-checkpoint} (C2SP tlog-witness).
 *
 * @param oldSize the size the witness has seen, as far as the log knows
 * @param proof the consistency proof from there, at most 63 hashes
 * @param checkpoint a note whose text is a {@link Checkpoint}
 */
public record AddCheckpoint(long oldSize, List<TreeHash> proof, Note checkpoint) {
    private static final String OLD = "old ";
    private static final int MAX_HASHES = 63;

    public AddCheckpoint {
        proof = List.copyOf(proof);
        if (oldSize < 0 || proof.size() > MAX_HASHES) {
            throw new IllegalArgumentException(
                    "expected an old size of 0 or more and at most " + MAX_HASHES + " hashes");
        }
        Checkpoint.parse(checkpoint.text());
    }

    /**
     * Reads the body of a request.
     *
     * @throws IllegalArgumentException for a body that is not exactly such a request
     */
    public static AddCheckpoint parse(byte[] body) {
        String text = Note.utf8(body);
        int gap = text.indexOf("\n\n");
        if (!text.startsWith(OLD) || gap < 0) {
            throw new IllegalArgumentException("expected 'old <size>', hashes, an empty line and a checkpoint");
        }
        List<String> lines = new ArrayList<>(List.of(text.substring(0, gap).split("\n", MAX_HASHES + 2)));
        long oldSize = Checkpoint.decimal(lines.removeFirst().substring(OLD.length()));
        List<TreeHash> proof = lines.stream().map(TreeHash::ofBase64).toList();
        Note checkpoint = Note.parse(text.substring(gap + 2).getBytes(StandardCharsets.UTF_8));
        return new AddCheckpoint(oldSize, proof, checkpoint);
    }

    /** The body of the request. */
    public byte[] bytes() {
        var body = new StringBuilder(OLD).append(oldSize).append('\n');
        proof.forEach(hash -> body.append(hash.base64()).append('\n'));
        return body.append('\n').append(checkpoint).toString().getBytes(StandardCharsets.UTF_8);
    }
}
