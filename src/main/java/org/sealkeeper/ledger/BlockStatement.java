package org.sealkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sealkeeper.encoding.Rfc3339;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.verify.StrictUtf8;

/**
 * What a block signature says: this block holds this height of this chain, above that one.
 *
 * @param previousHash the hash of the block at {@code height - 1}; all zeros at genesis
 * @param signedAt a whole millisecond of the years 0 to 9999
 */
public record BlockStatement(
        ChainName chain, Height height, BlockHash previousHash, BlockHash blockHash, Instant signedAt) {
    /** The {@code typ} of a JWS whose payload is a block statement. */
    public static final String TYPE = "block+jws";

    /** Longer than any statement: two hashes of 64 bytes, a name of 63 characters, a height of 16 digits. */
    private static final int MAX_BYTES = 512;

    private static final Pattern CANONICAL = Pattern.compile("\\{\"blockHash\":\"([^\"]+)\",\"chain\":\"([^\"]+)\","
            + "\"height\":([0-9]{1,16}),\"previousHash\":\"([^\"]+)\",\"signedAt\":\"([^\"]+)\"}");

    public BlockStatement {
        StatementTime.require(signedAt);
    }

    /** {@link #signedAt()} in its one written form, {@code yyyy-MM-ddTHH:mm:ss.SSSZ}. */
    public String signedAtText() {
        return Rfc3339.milliseconds(signedAt);
    }

    /** The bytes that are signed: the RFC 8785 canonical JSON of the five members; none of them needs escaping. */
    public byte[] canonicalJson() {
        return ("{\"blockHash\":\"" + blockHash + "\",\"chain\":\"" + chain + "\",\"height\":" + height
                        + ",\"previousHash\":\"" + previousHash + "\",\"signedAt\":\"" + signedAtText() + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads what {@link #canonicalJson()} wrote.
     *
     * @throws IllegalArgumentException for any other bytes, also for other JSON of the same meaning: one statement has one
     *     text, so that two signatures over different bytes are never the same statement
     */
    public static BlockStatement parse(byte[] canonicalJson) {
        if (canonicalJson.length > MAX_BYTES) {
            throw new IllegalArgumentException("expected a block statement of at most " + MAX_BYTES + " bytes");
        }
        String json = StrictUtf8.decode(canonicalJson);
        Matcher members = CANONICAL.matcher(json);
        if (!members.matches()) {
            throw new IllegalArgumentException(
                    "expected the canonical JSON of blockHash, chain, height, previousHash and signedAt");
        }
        var statement = new BlockStatement(
                new ChainName(members.group(2)),
                new Height(Long.parseLong(members.group(3))),
                new BlockHash(members.group(4)),
                new BlockHash(members.group(1)),
                StatementTime.parse(members.group(5)));
        if (!new String(statement.canonicalJson(), StandardCharsets.US_ASCII).equals(json)) {
            throw new IllegalArgumentException("expected height and signedAt in canonical form");
        }
        return statement;
    }
}
