package org.sealkeeper.cli;

import org.sealkeeper.kernel.Height;

/** The place of a leaf in a log, from 0. */
record LeafIndex(long value) {
    /** @throws IllegalArgumentException if no leaf can have it */
    static LeafIndex parse(String text) {
        return new LeafIndex(Numbers.parse(text, 0, Height.MAX));
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
