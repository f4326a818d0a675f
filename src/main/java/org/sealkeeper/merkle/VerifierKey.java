package org.sealkeeper.merkle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Who signs notes with which key: the vkey of C2SP signed-note, {@code <name>+<key id>+<base64 of type and public key>}.
 */
public final class VerifierKey {
    /** What comes before the 32 bytes of a key in its SubjectPublicKeyInfo (RFC 8410 section 4). */
    private static final byte[] ED25519_SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_BYTES = 32;
    private static final int P256_BITS = 256;
    private static final int TIMESTAMP_BYTES = Long.BYTES;

    private final Origin name;
    private final NoteAlgorithm algorithm;
    private final byte[] encoded;
    private final PublicKey publicKey;
    private final int keyId;

    private VerifierKey(Origin name, NoteAlgorithm algorithm, byte[] encoded, PublicKey publicKey) {
        this.name = name;
        this.algorithm = algorithm;
        this.encoded = encoded;
        this.publicKey = publicKey;
        this.keyId = keyId(name, algorithm, encoded);
    }

    /**
     * The key of a SubjectPublicKeyInfo under a name.
     *
     * @param spki DER; Ed25519 for {@code ED25519} and {@code COSIGNATURE_V1}, P-256 for {@code ECDSA}
     * @throws IllegalArgumentException if it is a key of another kind
     */
    public static VerifierKey of(Origin name, NoteAlgorithm algorithm, byte[] spki) {
        if (algorithm == NoteAlgorithm.ECDSA) {
            return decode(name, algorithm, spki);
        }
        int prefix = ED25519_SPKI_PREFIX.length;
        if (spki.length != prefix + ED25519_BYTES || !Arrays.equals(Arrays.copyOf(spki, prefix), ED25519_SPKI_PREFIX)) {
            throw new IllegalArgumentException("expected an Ed25519 public key");
        }
        return decode(name, algorithm, Arrays.copyOfRange(spki, prefix, spki.length));
    }

    /**
     * Reads a vkey.
     *
     * @throws IllegalArgumentException for anything that is not a vkey of a known type, or whose key id is not its own
     */
    public static VerifierKey parse(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("expected a vkey <name>+<key id>+<base64>");
        }
        byte[] typeAndKey = Base64Text.decode(parts[2]);
        if (typeAndKey.length == 0) {
            throw new IllegalArgumentException("expected a vkey with a key type, found an empty one");
        }
        NoteAlgorithm algorithm = NoteAlgorithm.of(typeAndKey[0])
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a key of type 1, 2 or 4, found type " + Byte.toUnsignedInt(typeAndKey[0])));
        VerifierKey key = decode(new Origin(parts[0]), algorithm, Arrays.copyOfRange(typeAndKey, 1, typeAndKey.length));
        if (!key.keyIdText().equals(parts[1])) {
            throw new IllegalArgumentException("expected the key id " + key.keyIdText() + ", found another");
        }
        return key;
    }

    private static VerifierKey decode(Origin name, NoteAlgorithm algorithm, byte[] encoded) {
        try {
            if (algorithm == NoteAlgorithm.ECDSA) {
                var key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
                if (key.getParams().getOrder().bitLength() != P256_BITS || !Arrays.equals(key.getEncoded(), encoded)) {
                    throw new IllegalArgumentException("expected a P-256 key in its usual DER form");
                }
                return new VerifierKey(name, algorithm, encoded, key);
            }
            if (encoded.length != ED25519_BYTES) {
                throw new IllegalArgumentException(
                        "expected an Ed25519 key of " + ED25519_BYTES + " bytes, found " + encoded.length);
            }
            var spki = new X509EncodedKeySpec(join(ED25519_SPKI_PREFIX, encoded));
            return new VerifierKey(
                    name, algorithm, encoded, KeyFactory.getInstance("Ed25519").generatePublic(spki));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("expected a public key", e);
        }
    }

    public Origin name() {
        return name;
    }

    public NoteAlgorithm algorithm() {
        return algorithm;
    }

    public int keyId() {
        return keyId;
    }

    /** The key id as 8 lowercase hexadecimal digits. */
    public String keyIdText() {
        return HexFormat.of().toHexDigits(keyId);
    }

    /** Whether the line claims to be this key's. */
    public boolean isMeantBy(NoteSignature line) {
        return line.keyId() == keyId && line.name().equals(name);
    }

    /**
     * Whether the signature is this key's over the text; anything malformed is false.
     *
     * @param text with its last line feed
     * @param signature as it stands behind the key id in a signature line
     */
    public boolean verifies(String text, byte[] signature) {
        return switch (algorithm) {
            case ED25519 -> verifies("Ed25519", text, signature);
            case ECDSA -> verifies("SHA256withECDSA", text, signature);
            case COSIGNATURE_V1 ->
                signature.length > TIMESTAMP_BYTES
                        && ByteBuffer.wrap(signature).getLong() >= 0
                        && verifies(
                                "Ed25519",
                                cosigned(text, ByteBuffer.wrap(signature).getLong()),
                                Arrays.copyOfRange(signature, TIMESTAMP_BYTES, signature.length));
        };
    }

    /** Whether it is the same public key, if under another name or for signatures of another type. */
    boolean hasKeyOf(VerifierKey other) {
        return publicKey.equals(other.publicKey);
    }

    private boolean verifies(String signatureName, String message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(signatureName);
            verifier.initVerify(publicKey);
            verifier.update(message.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /** A signature line of this key. */
    public NoteSignature line(byte[] signature) {
        return new NoteSignature(name, keyId, signature);
    }

    /** What a witness signs when it saw the text at this time (C2SP tlog-cosignature), in seconds since 1970. */
    public static String cosigned(String text, long seconds) {
        return "cosignature/v1\ntime " + seconds + "\n" + text;
    }

    /** What stands behind the key id in a cosignature's line: the time as 8 bytes big-endian, then the signature. */
    public static byte[] cosignature(long seconds, byte[] signature) {
        if (seconds < 0) {
            throw new IllegalArgumentException("expected a time of 0 seconds or more, found " + seconds);
        }
        return ByteBuffer.allocate(TIMESTAMP_BYTES + signature.length)
                .putLong(seconds)
                .put(signature)
                .array();
    }

    private static int keyId(Origin name, NoteAlgorithm algorithm, byte[] encoded) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (algorithm != NoteAlgorithm.ECDSA) {
                digest.update(name.value().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
                digest.update(algorithm.type());
            }
            return ByteBuffer.wrap(digest.digest(encoded)).getInt();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        var joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key && toString().equals(key.toString());
    }

    @Override
    public int hashCode() {
        return keyId;
    }

    /** The vkey. */
    @Override
    public String toString() {
        byte[] type = {algorithm.type()};
        return name + "+" + keyIdText() + "+" + Base64Text.encode(join(type, encoded));
    }
}
