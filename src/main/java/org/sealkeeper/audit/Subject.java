package org.sealkeeper.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Origin;

/** What an operation was done to. */
public sealed interface Subject {

    /** A block, as it was asked for. */
    record Block(ChainName chain, Height height, BlockHash previousHash, BlockHash blockHash) implements Subject {}

    /** A chain, or some of its blocks. */
    record Chain(ChainName name) implements Subject {}

    /**
     * The handover of a chain from one appliance to another.
     *
     * @param previousHash what the highest block links to; empty where the appliance does not know it
     * @param blockHash of the highest block
     * @param sequence which of its heights are signed, {@code contiguous} or {@code increasing}
     * @param log that of the other appliance
     * @param number counts the handovers of the chain, by whichever appliances; from 1
     */
    record Handover(
            ChainName chain,
            Height height,
            Optional<BlockHash> previousHash,
            BlockHash blockHash,
            String sequence,
            Origin log,
            long number)
            implements Subject {
        private static final Pattern WORD = Pattern.compile("[a-z]{1,20}");

        public Handover {
            if (number < 1 || !WORD.matcher(sequence).matches()) {
                throw new IllegalArgumentException("expected a number from 1 and a word");
            }
        }
    }

    /** A log at one size: this one, or that of a peer. */
    record Log(Checkpoint checkpoint) implements Subject {}

    /** A version of a key that has no public half. */
    record SecretKey(KeyAlias alias, int version) implements Subject {}

    /**
     * A state in which a version of a key is from now on.
     *
     * @param state such as {@code suspended}
     * @param compromisedSince from when on what the key signed is to be doubted; present where it is compromised
     */
    record KeyState(String state, Optional<Instant> compromisedSince) implements Subject {
        private static final Pattern WORD = Pattern.compile("[a-z-]{1,20}");

        public KeyState {
            if (!WORD.matcher(state).matches()) {
                throw new IllegalArgumentException("expected a word");
            }
        }
    }

    /** A time in which data keys move from one version of a key-encryption key to another. */
    record RewrapWindow(KeyAlias alias, int from, int to) implements Subject {}

    /**
     * A recipient, to which data keys may be released.
     *
     * @param key the SHA-256 of its SubjectPublicKeyInfo in lowercase hex
     */
    record Recipient(RecipientName name, String key) implements Subject {
        private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

        public Recipient {
            if (!SHA_256.matcher(key).matches()) {
                throw new IllegalArgumentException("expected a SHA-256 in lowercase hex");
            }
        }
    }

    /**
     * A patient's data key, and what is asked of it.
     *
     * @param key the alias of the key-encryption key
     * @param version of that key; empty where it is not known yet
     * @param id the SHA-256, in lowercase hex, of the wrapped key; empty where it is not known yet
     * @param purpose a code of HL7's v3-PurposeOfUse
     * @param emergency the index of the leaf that began the emergency access under which it is asked for
     */
    record DataKey(
            KeyAlias key,
            OptionalInt version,
            Optional<String> id,
            Optional<RecipientName> recipient,
            Optional<String> purpose,
            OptionalLong emergency)
            implements Subject {
        private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
        private static final Pattern CODE = Pattern.compile("[A-Z]{2,20}");

        public DataKey {
            if (!id.map(DIGEST.asMatchPredicate()::test).orElse(true)
                    || !purpose.map(CODE.asMatchPredicate()::test).orElse(true)) {
                throw new IllegalArgumentException("expected a SHA-256 in lowercase hex, and a code of capitals");
            }
        }
    }

    /**
     * Emergency access to a key, which overrides what a caller may otherwise do.
     *
     * @param purpose {@code ETREAT} or a kind of it
     * @param justification SHA-256, in lowercase hex, of a random salt and the text that justifies it; the store has both
     */
    record Emergency(KeyAlias key, String purpose, String justification) implements Subject {
        public Emergency {
            if (!DataKey.DIGEST.matcher(justification).matches()
                    || !DataKey.CODE.matcher(purpose).matches()) {
                throw new IllegalArgumentException("expected a SHA-256 in lowercase hex, and a code of capitals");
            }
        }
    }

    /**
     * The review of an emergency.
     *
     * @param emergency the index of the leaf that began it
     * @param verdict what the one who reviewed it found, such as {@code justified}
     * @param note SHA-256, in lowercase hex, of a random salt and what was noted; the store has both
     */
    record Review(KeyAlias key, String purpose, long emergency, String verdict, String note) implements Subject {
        private static final Pattern WORD = Pattern.compile("[a-z-]{1,20}");

        public Review {
            if (!DataKey.DIGEST.matcher(note).matches()
                    || !DataKey.CODE.matcher(purpose).matches()
                    || !WORD.matcher(verdict).matches()) {
                throw new IllegalArgumentException(
                        "expected a SHA-256 in lowercase hex, a code of capitals and a word");
            }
        }
    }

    /** The appliance as a whole, or nothing in particular. */
    record Whole() implements Subject {}

    /** What several requests about the same chain or the same key have in common. */
    default Subject common() {
        return switch (this) {
            case Block block -> new Chain(block.chain());
            case DataKey dataKey ->
                new DataKey(
                        dataKey.key(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty());
            case Chain _,
                    Handover _,
                    Log _,
                    SecretKey _,
                    KeyState _,
                    RewrapWindow _,
                    Recipient _,
                    Emergency _,
                    Review _,
                    Whole _ -> this;
        };
    }
}
