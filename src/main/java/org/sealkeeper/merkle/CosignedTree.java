package org.sealkeeper.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What an ML-DSA-44 cosignature of a checkpoint signs: the {@code cosigned_message} of C2SP tlog-cosignature, from the first leaf on.
 *
 * @param cosigner the name of the key, at most 255 bytes
 * @param seconds when it was signed, since 1970; 0 makes no statement of time
 */
public record CosignedTree(KeyName cosigner, long seconds, Checkpoint checkpoint) {
    private static final byte[] LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
    private static final long START = 0;

    /** The bytes that are signed, in the presentation language of RFC 8446 section 3. */
    public byte[] bytes() {
        byte[] name = cosigner.value().getBytes(StandardCharsets.UTF_8);
        byte[] origin = checkpoint.origin().value().getBytes(StandardCharsets.UTF_8);
        byte[] root = checkpoint.root().bytes();
        return ByteBuffer.allocate(
                        LABEL.length + 1 + name.length + Long.BYTES + 1 + origin.length + 2 * Long.BYTES + root.length)
                .put(LABEL)
                .put((byte) name.length)
                .put(name)
                .putLong(seconds)
                .put((byte) origin.length)
                .put(origin)
                .putLong(START)
                .putLong(checkpoint.size())
                .put(root)
                .array();
    }
}
