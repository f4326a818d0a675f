package org.sealkeeper.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The text of a vkey (C2SP signed-note): {@code <name>+<key id>+<base64 of type and public key>}. Neither the key id nor the public key
 * is checked here.
 *
 * @param keyId as it is written
 * @param typeAndKey the base64 text behind the second {@code +}
 */
record VerifierKeyText(KeyName name, String keyId, String typeAndKey) {

    /** @throws IllegalArgumentException if it is not of this form */
    static VerifierKeyText parse(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("expected a vkey <name>+<key id>+<base64>");
        }
        if (Base64Text.decode(parts[2]).length == 0) {
            throw new IllegalArgumentException("expected a vkey with a key type, found an empty one");
        }
        return new VerifierKeyText(new KeyName(parts[0]), parts[1], parts[2]);
    }

    /** The vkey of a public key; its key id is of 4 bytes of a SHA-256, as the algorithm has it. */
    static VerifierKeyText of(KeyName name, NoteAlgorithm algorithm, NotePublicKey publicKey) {
        byte[] encoded = publicKey.encoded();
        byte[] typeAndKey = ByteBuffer.allocate(1 + encoded.length)
                .put(algorithm.type())
                .put(encoded)
                .array();
        String keyId = algorithm == NoteAlgorithm.ECDSA ? keyId(encoded) : keyId(utf8(name + "\n"), typeAndKey);
        return new VerifierKeyText(name, keyId, Base64Text.encode(typeAndKey));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String keyId(byte[]... hashed) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : hashed) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, Integer.BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The signature type; it may be one that is not known here. */
    byte type() {
        return Base64Text.decode(typeAndKey)[0];
    }

    /** The public key as its type encodes it. */
    byte[] publicKey() {
        byte[] bytes = Base64Text.decode(typeAndKey);
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    /** The vkey. */
    @Override
    public String toString() {
        return name + "+" + keyId + "+" + typeAndKey;
    }
}
