package org.sealkeeper.envelope.emergency;

/** What became of a review. */
public sealed interface ReviewOutcome {

    /**
     * It is on record.
     *
     * @param leaf the index of its leaf
     */
    record Reviewed(long leaf) implements ReviewOutcome {}

    /** No emergency began with this leaf. */
    record Unknown() implements ReviewOutcome {}

    /** The caller reviewed its own emergency, which nothing would be proven by. */
    record OwnEmergency() implements ReviewOutcome {}
}
