package org.sealkeeper.merkle;

/** Gives the hashes of the complete subtrees of a tree. */
@FunctionalInterface
public interface HashReader {

    /**
     * The hash of the perfect subtree over the leaves from {@code index << level} up to {@code (index + 1) << level}.
     *
     * @param level 0 for leaf hashes
     */
    TreeHash node(int level, long index);

    /**
     * The root of the tree over the leaves from {@code from} up to {@code to}, as RFC 6962 section 2.1 splits it.
     *
     * @throws IllegalArgumentException unless {@code 0 <= from <= to}
     */
    default TreeHash root(long from, long to) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("expected leaves from 0 or more on, found " + from + " up to " + to);
        }
        long size = to - from;
        if (size == 0) {
            return TreeHash.EMPTY_ROOT;
        }
        if (Long.bitCount(size) == 1 && from % size == 0) {
            int level = Long.numberOfTrailingZeros(size);
            return node(level, from >> level);
        }
        long middle = from + largestPowerOfTwoBelow(size);
        return TreeHash.ofChildren(root(from, middle), root(middle, to));
    }

    /** Where RFC 6962 splits a tree of this size, 2 or more. */
    static long largestPowerOfTwoBelow(long size) {
        return Long.highestOneBit(size - 1);
    }
}
