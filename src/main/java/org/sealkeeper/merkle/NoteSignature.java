package org.sealkeeper.merkle;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** One signature line of a note. */
public final class NoteSignature {
    private static final String DASH = "\u2014 ";

    private final Origin name;
    private final int keyId;
    private final byte[] signature;

    /**
     * @param name of the signer
     * @param keyId the first 4 bytes of a hash that tells the signer's keys apart
     * @param signature what its algorithm makes of the text, 1 byte or more
     */
    public NoteSignature(Origin name, int keyId, byte[] signature) {
        if (signature.length == 0) {
            throw new IllegalArgumentException("expected a signature, found none");
        }
        this.name = name;
        this.keyId = keyId;
        this.signature = signature.clone();
    }

    /**
     * Reads a signature line.
     *
     * @throws IllegalArgumentException unless this is {@code — <name> <base64>}, without the line feed
     */
    public static NoteSignature parse(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space < DASH.length()) {
            throw new IllegalArgumentException("expected a signature line '\u2014 <name> <base64>'");
        }
        byte[] blob = Base64Text.decode(line.substring(space + 1));
        if (blob.length <= Integer.BYTES) {
            throw new IllegalArgumentException("expected a key id and a signature, found " + blob.length + " bytes");
        }
        return new NoteSignature(
                new Origin(line.substring(DASH.length(), space)),
                ByteBuffer.wrap(blob).getInt(),
                Arrays.copyOfRange(blob, Integer.BYTES, blob.length));
    }

    public Origin name() {
        return name;
    }

    public int keyId() {
        return keyId;
    }

    public byte[] signature() {
        return signature.clone();
    }

    /** The line without its line feed. */
    public String line() {
        byte[] blob = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return DASH + name + " " + Base64Text.encode(blob);
    }

    /** The key id as 8 hexadecimal digits, as vkeys write it. */
    public String keyIdText() {
        return HexFormat.of().toHexDigits(keyId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature line
                && name.equals(line.name)
                && keyId == line.keyId
                && Arrays.equals(signature, line.signature);
    }

    @Override
    public int hashCode() {
        return 31 * keyId + Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return line();
    }
}
