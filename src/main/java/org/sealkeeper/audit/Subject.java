package org.sealkeeper.audit;

import java.util.regex.Pattern;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.merkle.Checkpoint;

/** What it was done to. */
public sealed interface Subject {

    /** A block, as it was asked for. */
    record Block(ChainName chain, Height height, BlockHash previousHash, BlockHash blockHash) implements Subject {}

    /** A chain, or some of its blocks. */
    record Chain(ChainName name) implements Subject {}

    /** A log at one size: this one, or that of a peer. */
    record Log(Checkpoint checkpoint) implements Subject {}

    /** A version of a key that has no public half. */
    record SecretKey(KeyAlias alias, int version) implements Subject {}

    /** A time in which data keys move from one version of a key-encryption key to another. */
    record RewrapWindow(KeyAlias alias, int from, int to) implements Subject {}

    /**
     * One to whom data keys may be released.
     *
     * @param key the SHA-256 of his SubjectPublicKeyInfo in lowercase hex
     */
    record Recipient(RecipientName name, String key) implements Subject {
        private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

        public Recipient {
            if (!SHA_256.matcher(key).matches()) {
                throw new IllegalArgumentException("expected a SHA-256 in lowercase hex");
            }
        }
    }

    /** The appliance as a whole, or nothing in particular. */
    record Whole() implements Subject {}
}
