package org.sealkeeper.gate;

/**
 * That something is allowed, and recorded as about to be done. Nobody but the gate can make one, and nobody can use a key
 * without one.
 */
public final class Intent {
    private final long leaf;

    Intent(long leaf) {
        this.leaf = leaf;
    }

    /** A last check before a key is used. */
    void requireRecorded() {
        if (leaf < 0) {
            throw new IllegalArgumentException("expected a recorded intent");
        }
    }

    /** The leaf that recorded it; durable once the transaction that wrote it is committed. */
    public long leaf() {
        return leaf;
    }
}
