package org.sealkeeper.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * All of a growing tree that is needed to append to it: the roots of its perfect subtrees from left to right, one for each
 * bit of its size. Not safe for use by many threads.
 */
public final class CompactRange {
    private final List<TreeHash> nodes = new ArrayList<>();
    private long size;

    /** The range of the tree without leaves. */
    public CompactRange() {}

    /** The range of a tree of this size, 0 or more, whose nodes can be read. */
    public static CompactRange of(long size, HashReader reader) {
        if (size < 0) {
            throw new IllegalArgumentException("expected a tree of size 0 or more, found " + size);
        }
        var range = new CompactRange();
        long from = 0;
        for (long left = size; left > 0; left -= Long.highestOneBit(left)) {
            int level = Long.numberOfTrailingZeros(Long.highestOneBit(left));
            range.nodes.add(reader.node(level, from >> level));
            from += Long.highestOneBit(left);
        }
        range.size = size;
        return range;
    }

    public void append(TreeHash leaf) {
        TreeHash node = leaf;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            node = TreeHash.ofChildren(nodes.removeLast(), node);
        }
        nodes.add(node);
        size++;
    }

    public long size() {
        return size;
    }

    /** The roots of the perfect subtrees, the largest first. */
    public List<TreeHash> nodes() {
        return List.copyOf(nodes);
    }

    public TreeHash root() {
        if (nodes.isEmpty()) {
            return TreeHash.EMPTY_ROOT;
        }
        TreeHash root = nodes.getLast();
        for (int i = nodes.size() - 2; i >= 0; i--) {
            root = TreeHash.ofChildren(nodes.get(i), root);
        }
        return root;
    }
}
