package org.sealkeeper.rollback;

import java.time.Duration;
import java.util.Optional;
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
 * @param stopped why the owner stopped writing; empty where it did not
 */
record MemoryRecord(
        String owner,
        String store,
        String place,
        long sequence,
        Duration lease,
        State state,
        Optional<StopReason> stopped,
        Remembered remembered) {

    enum State {
        HELD,
        RELEASED
    }

    /** The record after this one, of the same owner. */
    MemoryRecord next(Remembered now, State newState, Optional<StopReason> why) {
        return new MemoryRecord(owner, store, place, sequence + 1, lease, newState, why, now);
    }
}
