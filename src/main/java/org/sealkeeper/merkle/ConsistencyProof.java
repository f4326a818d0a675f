package org.sealkeeper.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * Proves that a tree is an earlier one with leaves appended, and nothing else (RFC 6962 section 2.1.2).
 *
 * @param oldSize of the earlier tree; of size 0 nothing can be proven, and nothing needs to be
 * @param newSize at least {@code oldSize}
 */
public record ConsistencyProof(long oldSize, long newSize, List<TreeHash> hashes) {

    public ConsistencyProof {
        if (oldSize < 0 || oldSize > newSize) {
            throw new IllegalArgumentException("expected an earlier size from 0 to " + newSize + ", found " + oldSize);
        }
        hashes = List.copyOf(hashes);
    }

    /** The proof between two sizes of one tree; empty from size 0 and between equal sizes. */
    public static ConsistencyProof of(long oldSize, long newSize, HashReader reader) {
        List<TreeHash> hashes = new ArrayList<>();
        if (oldSize > 0 && oldSize < newSize) {
            collect(oldSize, 0, newSize, true, reader, hashes);
        }
        return new ConsistencyProof(oldSize, newSize, hashes);
    }

    /** SUBPROOF of RFC 6962 section 2.1.2, over the leaves {@code from} up to {@code to}. */
    private static void collect(
            long oldSize, long from, long to, boolean isWholeOldTree, HashReader reader, List<TreeHash> hashes) {
        if (oldSize == to) {
            if (!isWholeOldTree) {
                hashes.add(reader.root(from, to));
            }
            return;
        }
        long middle = from + HashReader.largestPowerOfTwoBelow(to - from);
        if (oldSize <= middle) {
            collect(oldSize, from, middle, isWholeOldTree, reader, hashes);
            hashes.add(reader.root(middle, to));
        } else {
            collect(oldSize, middle, to, false, reader, hashes);
            hashes.add(reader.root(from, middle));
        }
    }

    /** Whether it proves that the tree of {@code newRoot} extends that of {@code oldRoot} (RFC 9162 section 2.1.4.2). */
    public boolean proves(TreeHash oldRoot, TreeHash newRoot) {
        if (oldSize == 0) {
            return false;
        }
        if (oldSize == newSize) {
            return hashes.isEmpty() && oldRoot.equals(newRoot);
        }
        boolean isPerfect = Long.bitCount(oldSize) == 1;
        if (!isPerfect && hashes.isEmpty()) {
            return false;
        }
        int wholeLevels = Long.numberOfTrailingZeros(oldSize);
        long node = (oldSize - 1) >> wholeLevels;
        long last = (newSize - 1) >> wholeLevels;
        TreeHash oldHash = isPerfect ? oldRoot : hashes.getFirst();
        TreeHash newHash = oldHash;
        for (TreeHash hash : hashes.subList(isPerfect ? 0 : 1, hashes.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                oldHash = TreeHash.ofChildren(hash, oldHash);
                newHash = TreeHash.ofChildren(hash, newHash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                newHash = TreeHash.ofChildren(newHash, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && oldHash.equals(oldRoot) && newHash.equals(newRoot);
    }
}
