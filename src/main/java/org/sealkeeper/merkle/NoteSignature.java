package org.sealkeeper.merkle;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * One signature line of a note. Keeps the text it was read from: lines of unknown keys are passed on as they are, and not judged (C2SP
 * signed-note), and a line of a known key is its signature in one spelling only.
 */
public final class NoteSignature {
    private static final String DASH = "\u2014 ";

    private final KeyName name;
    private final byte[] blob;
    private final String base64;

    private NoteSignature(KeyName name, byte[] blob, String base64) {
        if (blob.length <= Integer.BYTES) {
            throw new IllegalArgumentException("expected a key id and a signature, found " + blob.length + " bytes");
        }
        this.name = name;
        this.blob = blob;
        this.base64 = base64;
    }

    /**
     * The line of a signature.
     *
     * @param name of the signer's key
     * @param keyId the first 4 bytes of a hash that distinguishes the signer's keys
     * @param signature what its algorithm makes of the text, 1 byte or more
     */
    public static NoteSignature of(KeyName name, int keyId, byte[] signature) {
        byte[] blob = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return new NoteSignature(name, blob, Base64Text.encode(blob));
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
        String base64 = line.substring(space + 1);
        return new NoteSignature(new KeyName(line.substring(DASH.length(), space)), lenient(base64), base64);
    }

    /** The key of a line must be known before its spelling can be judged. */
    private static byte[] lenient(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected base64 in a signature line", e);
        }
    }

    public KeyName name() {
        return name;
    }

    public int keyId() {
        return ByteBuffer.wrap(blob).getInt();
    }

    public byte[] signature() {
        return Arrays.copyOfRange(blob, Integer.BYTES, blob.length);
    }

    /** Whether its base64 is the one spelling of its bytes. */
    boolean isCanonical() {
        return Base64Text.encode(blob).equals(base64);
    }

    /** The line without its line feed. */
    public String line() {
        return DASH + name + " " + base64;
    }

    /** The key id as 8 hexadecimal digits, as vkeys write it. */
    public String keyIdText() {
        return HexFormat.of().toHexDigits(keyId());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that && line().equals(that.line());
    }

    @Override
    public int hashCode() {
        return line().hashCode();
    }

    @Override
    public String toString() {
        return line();
    }
}
