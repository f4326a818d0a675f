package org.sealkeeper.rollback;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.store.StopReason;

/**
 * What an appliance keeps in the token: what was written, and the lease of the token's keys.
 *
 * @param owner names one run of one appliance
 * @param store the identity of the store that was written
 * @param place the file of that store, on that machine, until it is started again
 * @param sequence rises with every record that is written, by any process
 * @param lease how long the owner holds the keys after it wrote this
 * @param state whether the owner still needs them
 * @param tokens that remember this, each in a copy of its own; empty where the appliance has but one token
 * @param stopped why the owner stopped writing; empty where it did not
 */
record MemoryRecord(
        String owner,
        String store,
        String place,
        long sequence,
        Duration lease,
        State state,
        List<TokenLabel> tokens,
        Optional<StopReason> stopped,
        Remembered remembered) {

    enum State {
        HELD,
        RELEASED
    }

    MemoryRecord {
        tokens = List.copyOf(tokens);
    }

    /** This record where these tokens remember it. */
    MemoryRecord in(List<TokenLabel> others) {
        return new MemoryRecord(owner, store, place, sequence, lease, state, others, stopped, remembered);
    }

    /** The record after this one, of the same owner. */
    MemoryRecord next(Remembered now, State newState, Optional<StopReason> why) {
        return new MemoryRecord(owner, store, place, sequence + 1, lease, newState, tokens, why, now);
    }
}
