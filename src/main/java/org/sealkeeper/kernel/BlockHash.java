package org.sealkeeper.kernel;

import java.util.regex.Pattern;

/**
 * The hash of a ledger block, as the ledger computes it; Sealkeeper compares and signs it, and never computes one.
 *
 * @param hex lowercase hexadecimal of 20 to 64 bytes
 */
public record BlockHash(String hex) {
    public static final int MIN_BYTES = 20;
    public static final int MAX_BYTES = 64;
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{2}){" + MIN_BYTES + "," + MAX_BYTES + "}");

    public BlockHash {
        if (hex.length() > 2 * MAX_BYTES || !FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "expected " + MIN_BYTES + " to " + MAX_BYTES + " bytes of lowercase hexadecimal");
        }
    }

    /** The link of a genesis block: {@code bytes} zero bytes. */
    public static BlockHash zeros(int bytes) {
        return new BlockHash("00".repeat(bytes));
    }

    public int lengthInBytes() {
        return hex.length() / 2;
    }

    @Override
    public String toString() {
        return hex;
    }
}
