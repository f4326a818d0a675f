package org.sealkeeper.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 hash of a leaf, of a node or of a whole tree (RFC 6962 section 2.1). */
public final class TreeHash {
    public static final int BYTES = 32;

    /** The root of the tree without leaves: the hash of nothing. */
    public static final TreeHash EMPTY_ROOT = new TreeHash(sha256().digest());

    private static final HexFormat HEX = HexFormat.of();

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] value;

    private TreeHash(byte[] value) {
        this.value = value;
    }

    /**
     * The hash that these bytes are.
     *
     * @throws IllegalArgumentException unless these are 32 bytes
     */
    public static TreeHash of(byte[] value) {
        return of(value, 0, value.length);
    }

    static TreeHash of(byte[] source, int from, int length) {
        if (length != BYTES) {
            throw new IllegalArgumentException("expected a hash of " + BYTES + " bytes, found " + length);
        }
        return new TreeHash(Arrays.copyOfRange(source, from, from + length));
    }

    /**
     * The hash of this base64.
     *
     * @throws IllegalArgumentException unless it is that of 32 bytes, in its one canonical form
     */
    public static TreeHash ofBase64(String text) {
        return of(Base64Text.decode(text));
    }

    /**
     * The hash of these hexadecimal digits.
     *
     * @throws IllegalArgumentException unless these are 64 digits, the letters among them lowercase
     */
    public static TreeHash ofHex(String digits) {
        TreeHash hash = of(HEX.parseHex(digits));
        if (!hash.hex().equals(digits)) {
            throw new IllegalArgumentException("expected lowercase hexadecimal digits");
        }
        return hash;
    }

    /** The hash of an entry as a leaf: the prefix keeps it from ever being taken for a node. */
    public static TreeHash ofLeaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return new TreeHash(digest.digest(entry));
    }

    /** The hash of the node above two others. */
    public static TreeHash ofChildren(TreeHash left, TreeHash right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left.value);
        return new TreeHash(digest.digest(right.value));
    }

    public byte[] bytes() {
        return value.clone();
    }

    /** Standard base64 with padding, as checkpoints and proofs write it. */
    public String base64() {
        return Base64Text.encode(value);
    }

    /** 64 lowercase hexadecimal digits, as the proofs of batches write it. */
    public String hex() {
        return HEX.formatHex(value);
    }

    void copyTo(byte[] target, int at) {
        System.arraycopy(value, 0, target, at, BYTES);
    }

    /** Roots and leaf hashes are public; nothing is learnt from the time this takes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TreeHash hash && Arrays.equals(value, hash.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** Its base64. */
    @Override
    public String toString() {
        return base64();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
