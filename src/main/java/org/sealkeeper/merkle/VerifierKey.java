package org.sealkeeper.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who signs notes with which key: the vkey of C2SP signed-note, {@code <name>+<key id>+<base64 of type and public key>}.
 */
public final class VerifierKey {
    private static final int TIMESTAMP_BYTES = Long.BYTES;

    private final KeyName name;
    private final NoteAlgorithm algorithm;
    private final NotePublicKey publicKey;
    private final int keyId;

    private VerifierKey(KeyName name, NoteAlgorithm algorithm, NotePublicKey publicKey) {
        if (name.bytes() > Origin.MAX_BYTES) {
            throw new IllegalArgumentException("expected a key's name of at most " + Origin.MAX_BYTES + " bytes");
        }
        this.name = name;
        this.algorithm = algorithm;
        this.publicKey = publicKey;
        this.keyId = keyId(name, algorithm, publicKey.encoded());
    }

    /** The key of a log whose keys have its origin for a name. */
    public static VerifierKey of(Origin log, NoteAlgorithm algorithm, byte[] spki) {
        return of(new KeyName(log.value()), algorithm, spki);
    }

    /**
     * The key of a SubjectPublicKeyInfo under a name.
     *
     * @param spki DER; Ed25519 for {@code ED25519} and {@code COSIGNATURE_V1}, P-256 for {@code ECDSA}, ML-DSA-44 for {@code ML_DSA_44}
     * @throws IllegalArgumentException if it is a key of another kind
     */
    public static VerifierKey of(KeyName name, NoteAlgorithm algorithm, byte[] spki) {
        return new VerifierKey(name, algorithm, NotePublicKey.ofSpki(algorithm, spki));
    }

    /**
     * Reads a vkey.
     *
     * @throws IllegalArgumentException for anything that is not a vkey of a known type, or whose key id is not its own
     */
    public static VerifierKey parse(String vkey) {
        return find(vkey)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a key of a type known here, which are " + NoteAlgorithm.known()));
    }

    /**
     * Reads a vkey; empty where its type is not known here, so that nothing can be said of its signatures.
     *
     * @throws IllegalArgumentException for anything that is not a vkey, or whose key id is not its own
     */
    static Optional<VerifierKey> find(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("expected a vkey <name>+<key id>+<base64>");
        }
        byte[] typeAndKey = Base64Text.decode(parts[2]);
        if (typeAndKey.length == 0) {
            throw new IllegalArgumentException("expected a vkey with a key type, found an empty one");
        }
        var name = new KeyName(parts[0]);
        byte[] encoded = Arrays.copyOfRange(typeAndKey, 1, typeAndKey.length);
        return NoteAlgorithm.of(typeAndKey[0])
                .map(known -> new VerifierKey(name, known, NotePublicKey.of(known, encoded)))
                .map(key -> key.requireId(parts[1]));
    }

    private VerifierKey requireId(String text) {
        if (!keyIdText().equals(text)) {
            throw new IllegalArgumentException("expected the key id " + keyIdText() + ", found another");
        }
        return this;
    }

    public KeyName name() {
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

    /** Whether it is a key of this log, as logs should name their keys. */
    public boolean isNamedLike(Origin log) {
        return name.value().equals(log.value());
    }

    /** Whether the line claims to be this key's. */
    public boolean isMeantBy(NoteSignature line) {
        return line.keyId() == keyId && line.name().equals(name);
    }

    /**
     * Whether the line is this key's signature of the text, in its one spelling; anything malformed is not.
     *
     * @param text with its last line feed
     */
    public boolean verifies(String text, NoteSignature line) {
        return isMeantBy(line) && line.isCanonical() && verifies(text, line.signature());
    }

    /**
     * When a line of this key says it was signed, in seconds since 1970; empty of a key whose signatures have no time, and where the line
     * is too short for one.
     */
    public OptionalLong time(NoteSignature line) {
        return algorithm.isTimed() ? time(line.signature()) : OptionalLong.empty();
    }

    private static OptionalLong time(byte[] signature) {
        if (signature.length <= TIMESTAMP_BYTES) {
            return OptionalLong.empty();
        }
        long seconds = ByteBuffer.wrap(signature).getLong();
        return seconds < 0 ? OptionalLong.empty() : OptionalLong.of(seconds);
    }

    /** @param signature as it stands behind the key id in a signature line */
    boolean verifies(String text, byte[] signature) {
        if (!algorithm.isTimed()) {
            return publicKey.verifies(text.getBytes(StandardCharsets.UTF_8), signature);
        }
        OptionalLong seconds = time(signature);
        try {
            return seconds.isPresent()
                    && publicKey.verifies(
                            message(text, seconds.getAsLong()),
                            Arrays.copyOfRange(signature, TIMESTAMP_BYTES, signature.length));
        } catch (IllegalArgumentException noCheckpoint) {
            return false;
        }
    }

    /**
     * What a key with timed signatures signs when it saw the text (C2SP tlog-cosignature).
     *
     * @param seconds since 1970
     * @throws IllegalArgumentException if the text is no checkpoint, where that matters
     */
    public byte[] message(String text, long seconds) {
        return algorithm == NoteAlgorithm.ML_DSA_44
                ? new CosignedTree(name, seconds, Checkpoint.parse(text)).bytes()
                : ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether it is the same public key, if under another name or for signatures of another type. */
    boolean hasKeyOf(VerifierKey other) {
        return publicKey.isSameAs(other.publicKey);
    }

    /** A signature line of this key. */
    public NoteSignature line(byte[] signature) {
        return NoteSignature.of(name, keyId, signature);
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

    private static int keyId(KeyName name, NoteAlgorithm algorithm, byte[] encoded) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (algorithm != NoteAlgorithm.ECDSA) {
                digest.update(name.value().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
                digest.update(algorithm.type());
            }
            return ByteBuffer.wrap(digest.digest(encoded)).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
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
        byte[] encoded = publicKey.encoded();
        byte[] typeAndKey = ByteBuffer.allocate(1 + encoded.length)
                .put(algorithm.type())
                .put(encoded)
                .array();
        return name + "+" + keyIdText() + "+" + Base64Text.encode(typeAndKey);
    }
}
