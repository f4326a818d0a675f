package org.sealkeeper.sealing;

/**
 * How many lines became what.
 *
 * @param moved are under the newest version now
 * @param unchanged were already
 * @param refused are as they were
 * @param earlier were in the output before this run
 */
public record RewrapCounts(long moved, long unchanged, long refused, long earlier) {
    static RewrapCounts ofEarlier(long lines) {
        return new RewrapCounts(0, 0, 0, lines);
    }

    long lines() {
        return moved + unchanged + refused + earlier;
    }

    RewrapCounts withMoved() {
        return new RewrapCounts(moved + 1, unchanged, refused, earlier);
    }

    RewrapCounts withUnchanged() {
        return new RewrapCounts(moved, unchanged + 1, refused, earlier);
    }

    RewrapCounts withRefused() {
        return new RewrapCounts(moved, unchanged, refused + 1, earlier);
    }

    RewrapCounts withRefusedEarlier() {
        return new RewrapCounts(moved, unchanged, refused + 1, earlier - 1);
    }
}
