package org.sealkeeper.cli.console;

import org.sealkeeper.kernel.Height;

/** The place of a leaf in a log, from 0. */
public record LeafIndex(long value) {
    /**
     * Reads the index of a leaf of an audit log.
     *
     * @throws IllegalArgumentException if no leaf can have it
     */
    public static LeafIndex parse(String text) {
        return new LeafIndex(Numbers.parse(text, 0, Height.MAX));
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
