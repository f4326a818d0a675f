package org.sealkeeper.console;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the perfect trees that a log's tree consists of (RFC 6962 section 2.1), as a triangle of a picture.
 *
 * @param leaves how many it has, a power of two
 * @param x where it begins
 * @param width as wide as it is high; a doubling of its leaves is a step of both
 */
record Subtree(long leaves, int x, int width) {
    private static final int STEP = 10;
    private static final int GAP = 6;

    /** Those of a log of this size. */
    static List<Subtree> of(long size) {
        List<Subtree> all = new ArrayList<>();
        int x = 0;
        for (long leaves = Long.highestOneBit(size); leaves > 0; leaves >>= 1) {
            if ((size & leaves) != 0) {
                int width = STEP * (Long.numberOfTrailingZeros(leaves) + 1);
                all.add(new Subtree(leaves, x, width));
                x += width + GAP;
            }
        }
        return all;
    }

    /** The end of a row of them. */
    static int end(List<Subtree> all) {
        return all.isEmpty() ? 1 : all.getLast().x + all.getLast().width;
    }

    /** The corners of the triangle, for SVG: they stand side by side, on the ground that the highest reaches. */
    public String points(int ground) {
        return x + "," + ground + " " + (x + width / 2) + "," + (ground - width) + " " + (x + width) + "," + ground;
    }
}
