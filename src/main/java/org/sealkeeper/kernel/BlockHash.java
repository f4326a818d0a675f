package org.sealkeeper.kernel;

/**
 * The hash of a ledger block, as the ledger computes it; Sealkeeper compares and signs it, and never computes one.
 *
 * @param hex lowercase hexadecimal of 20 to 64 bytes
 */
public record BlockHash(String hex) {
    public static final int MIN_BYTES = 20;
    public static final int MAX_BYTES = 64;

    public BlockHash {
        if (hex.length() % 2 != 0
                || hex.length() < 2 * MIN_BYTES
                || hex.length() > 2 * MAX_BYTES
                || !hex.chars().allMatch(BlockHash::isLowercaseHexDigit)) {
            throw new IllegalArgumentException(
                    "expected " + MIN_BYTES + " to " + MAX_BYTES + " bytes of lowercase hexadecimal");
        }
    }

    private static boolean isLowercaseHexDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
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
