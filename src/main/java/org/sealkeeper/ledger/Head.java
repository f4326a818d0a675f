package org.sealkeeper.ledger;

import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.rollback.RememberedHead;

/** The highest claimed block of a chain. */
record Head(Height height, BlockHash hash) {
    static Head of(RememberedHead remembered) {
        return new Head(remembered.height(), remembered.hash());
    }

    boolean isAbove(Head other) {
        return height.compareTo(other.height) > 0;
    }

    /** Whether this is another block of the same height. */
    boolean isRivalOf(Head other) {
        return height.equals(other.height) && !hash.equals(other.hash);
    }
}
