package org.sealkeeper.merkle;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Proves that a leaf is in a tree (RFC 6962 section 2.1.1).
 *
 * @param index of the leaf, below {@code size}
 * @param size of the tree; to be taken from where the root is taken from, since other sizes can have a proof of this form too
 * @param hashes the siblings on the way from the leaf to the root
 */
public record InclusionProof(long index, long size, List<TreeHash> hashes) {

    public InclusionProof {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "expected an index from 0 to below the size " + size + ", found " + index);
        }
        hashes = List.copyOf(hashes);
    }

    /** The proof for a leaf of the tree of the first {@code size} leaves. */
    public static InclusionProof of(long index, long size, HashReader reader) {
        List<TreeHash> rootToLeaf = new ArrayList<>();
        if (index >= 0 && index < size) {
            long from = 0;
            long to = size;
            while (to - from > 1) {
                long middle = from + HashReader.largestPowerOfTwoBelow(to - from);
                if (index < middle) {
                    rootToLeaf.add(reader.root(middle, to));
                    to = middle;
                } else {
                    rootToLeaf.add(reader.root(from, middle));
                    from = middle;
                }
            }
        }
        return new InclusionProof(index, size, rootToLeaf.reversed());
    }

    /** Whether it proves that this leaf is in the tree of this root (RFC 9162 section 2.1.3.2). */
    public boolean proves(TreeHash leaf, TreeHash root) {
        long node = index;
        long last = size - 1;
        TreeHash hash = leaf;
        Iterator<TreeHash> path = hashes.iterator();
        while (last > 0) {
            boolean isRightChild = (node & 1) == 1;
            if (isRightChild || node < last) {
                if (!path.hasNext()) {
                    return false;
                }
                TreeHash sibling = path.next();
                hash = isRightChild ? TreeHash.ofChildren(sibling, hash) : TreeHash.ofChildren(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return !path.hasNext() && hash.equals(root);
    }
}
