package org.sealkeeper.rollback.model;

/**
 * A record in the token.
 *
 * @param sequence 0 in one that cannot be read, because its write was interrupted
 * @param place of the store that was written
 * @param log what was written there
 */
record Text(int sequence, boolean isHeld, int place, Log log) {
    static final Text TORN = new Text(0, false, 0, Log.EMPTY);

    boolean isReadable() {
        return sequence > 0;
    }
}
