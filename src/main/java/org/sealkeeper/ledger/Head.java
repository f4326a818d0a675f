package org.sealkeeper.ledger;

import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.rollback.RememberedHead;

/** The highest claimed block of a chain. */
public record Head(Height height, BlockHash hash) {
    public static Head of(RememberedHead remembered) {
        return new Head(remembered.height(), remembered.hash());
    }

    public boolean isAbove(Head other) {
        return height.compareTo(other.height) > 0;
    }

    /** Whether this is another block of the same height. */
    public boolean isRivalOf(Head other) {
        return height.equals(other.height) && !hash.equals(other.hash);
    }
}
