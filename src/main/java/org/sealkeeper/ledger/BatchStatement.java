package org.sealkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sealkeeper.encoding.Rfc3339;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.verify.StrictUtf8;

/**
 * What the signature of a batch says: these statements of blocks hold, as many as the tree of this root has leaves.
 *
 * @param root of the RFC 6962 tree over the canonical JSON of the statements
 * @param leafCount 1 to {@value #MAX_LEAVES}
 * @param signedAt when the tree was complete: a whole millisecond of the years 0 to 9999. Each block's own statement says when it was claimed
 */
public record BatchStatement(TreeHash root, int leafCount, Instant signedAt) {
    /** The {@code typ} of a JWS whose payload is this. */
    public static final String TYPE = "block-batch+jws";

    /** The most leaves a tree may have. */
    public static final int MAX_LEAVES = 65_536;

    /** Longer than any of them. */
    private static final int MAX_BYTES = 256;

    private static final Pattern CANONICAL =
            Pattern.compile("\\{\"leafCount\":([0-9]{1,5}),\"root\":\"([^\"]+)\",\"signedAt\":\"([^\"]+)\"}");

    public BatchStatement {
        StatementTime.require(signedAt);
        if (leafCount < 1 || leafCount > MAX_LEAVES) {
            throw new IllegalArgumentException("expected 1 to " + MAX_LEAVES + " leaves, found " + leafCount);
        }
    }

    /** The bytes that are signed: the RFC 8785 canonical JSON of the three members; none of them needs escaping. */
    public byte[] canonicalJson() {
        return ("{\"leafCount\":" + leafCount + ",\"root\":\"" + root.hex() + "\",\"signedAt\":\""
                        + Rfc3339.milliseconds(signedAt) + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads what {@link #canonicalJson()} wrote.
     *
     * @throws IllegalArgumentException for any other bytes, also for other JSON of the same meaning
     */
    public static BatchStatement parse(byte[] canonicalJson) {
        if (canonicalJson.length > MAX_BYTES) {
            throw new IllegalArgumentException("expected the statement of a batch of at most " + MAX_BYTES + " bytes");
        }
        String json = StrictUtf8.decode(canonicalJson);
        Matcher members = CANONICAL.matcher(json);
        if (!members.matches()) {
            throw new IllegalArgumentException("expected the canonical JSON of leafCount, root and signedAt");
        }
        var statement = new BatchStatement(
                TreeHash.ofHex(members.group(2)),
                Integer.parseInt(members.group(1)),
                StatementTime.parse(members.group(3)));
        if (!new String(statement.canonicalJson(), StandardCharsets.US_ASCII).equals(json)) {
            throw new IllegalArgumentException("expected leafCount and signedAt in canonical form");
        }
        return statement;
    }
}
