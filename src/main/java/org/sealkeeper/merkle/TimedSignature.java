package org.sealkeeper.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A signature and the time it was made at, as a line of a witness has them behind the key id (C2SP tlog-cosignature). */
public final class TimedSignature {
    private static final int TIMESTAMP_BYTES = Long.BYTES;

    private final long seconds;
    private final byte[] signature;

    /**
     * A signature made at a time.
     *
     * @param seconds since 1970
     * @throws IllegalArgumentException if the time is before 1970
     */
    public TimedSignature(long seconds, byte[] signature) {
        if (seconds < 0) {
            throw new IllegalArgumentException("expected a time of 0 seconds or more, found " + seconds);
        }
        this.seconds = seconds;
        this.signature = signature.clone();
    }

    /** Reads the bytes behind the key id; empty where they are too few, or the time is before 1970. */
    static Optional<TimedSignature> parse(byte[] bytes) {
        if (bytes.length <= TIMESTAMP_BYTES) {
            return Optional.empty();
        }
        long seconds = ByteBuffer.wrap(bytes).getLong();
        return seconds < 0
                ? Optional.empty()
                : Optional.of(new TimedSignature(seconds, Arrays.copyOfRange(bytes, TIMESTAMP_BYTES, bytes.length)));
    }

    /** When it was made, in seconds since 1970. */
    long seconds() {
        return seconds;
    }

    /** The signature without the time. */
    byte[] signature() {
        return signature.clone();
    }

    /** The bytes behind the key id: the time as 8 bytes big-endian, then the signature. */
    public byte[] bytes() {
        return ByteBuffer.allocate(TIMESTAMP_BYTES + signature.length)
                .putLong(seconds)
                .put(signature)
                .array();
    }

    /**
     * The bytes that a key signs when it saw a text at a time.
     *
     * @throws IllegalArgumentException if the text is no checkpoint, where the algorithm signs the tree and not the text
     */
    static byte[] message(KeyName signer, NoteAlgorithm algorithm, String text, long seconds) {
        return algorithm == NoteAlgorithm.ML_DSA_44
                ? new CosignedTree(signer, seconds, Checkpoint.parse(text)).bytes()
                : ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }
}
