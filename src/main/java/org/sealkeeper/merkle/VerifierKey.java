package org.sealkeeper.merkle;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A public key that verifies the signatures of notes, with its name and algorithm: the vkey of C2SP signed-note. Two are equal when
 * their vkeys are.
 */
public final class VerifierKey {
    private final KeyName name;
    private final NoteAlgorithm algorithm;
    private final NotePublicKey publicKey;
    private final VerifierKeyText vkey;
    private final int keyId;

    private VerifierKey(KeyName name, NoteAlgorithm algorithm, NotePublicKey publicKey) {
        if (name.bytes() > Origin.MAX_BYTES) {
            throw new IllegalArgumentException("expected a key's name of at most " + Origin.MAX_BYTES + " bytes");
        }
        this.name = name;
        this.algorithm = algorithm;
        this.publicKey = publicKey;
        this.vkey = VerifierKeyText.of(name, algorithm, publicKey);
        this.keyId = HexFormat.fromHexDigits(vkey.keyId());
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
        var parts = VerifierKeyText.parse(vkey);
        return NoteAlgorithm.of(parts.type())
                .map(known -> new VerifierKey(parts.name(), known, NotePublicKey.of(known, parts.publicKey())))
                .map(key -> key.requireId(parts.keyId()));
    }

    private VerifierKey requireId(String expected) {
        if (!keyIdText().equals(expected)) {
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
        return vkey.keyId();
    }

    /** Whether it is a key of this log, as logs should name their keys. */
    public boolean isNamedLike(Origin log) {
        return name.value().equals(log.value());
    }

    /** Whether the line names this key. */
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
        return algorithm.isTimed()
                ? TimedSignature.parse(line.signature())
                        .map(timed -> OptionalLong.of(timed.seconds()))
                        .orElseGet(OptionalLong::empty)
                : OptionalLong.empty();
    }

    /** @param signature the bytes behind the key id in a signature line */
    boolean verifies(String text, byte[] signature) {
        return algorithm.isTimed()
                ? TimedSignature.parse(signature)
                        .filter(timed -> verifies(text, timed))
                        .isPresent()
                : publicKey.verifies(text.getBytes(StandardCharsets.UTF_8), signature);
    }

    private boolean verifies(String text, TimedSignature timed) {
        try {
            return publicKey.verifies(message(text, timed.seconds()), timed.signature());
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
        return TimedSignature.message(name, algorithm, text, seconds);
    }

    /** Whether it is the same public key, if under another name or for signatures of another type. */
    boolean hasKeyOf(VerifierKey other) {
        return publicKey.isSameAs(other.publicKey);
    }

    /** A signature line of this key. */
    public NoteSignature line(byte[] signature) {
        return NoteSignature.of(name, keyId, signature);
    }

    /** A signature line of this key, which says when it was signed. */
    public NoteSignature line(TimedSignature signature) {
        return line(signature.bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key && vkey.equals(key.vkey);
    }

    @Override
    public int hashCode() {
        return keyId;
    }

    /** The vkey. */
    @Override
    public String toString() {
        return vkey.toString();
    }
}
