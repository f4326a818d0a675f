package org.sealkeeper.merkle;

import java.util.ArrayList;
import java.util.List;

/** A tree that is in memory with all its complete subtrees, to prove each of its leaves. */
public final class LeafTree implements HashReader {
    /** From the leaves up; of each level the complete subtrees, from left to right. */
    private final List<List<TreeHash>> levels = new ArrayList<>();

    /** The tree of these leaf hashes. */
    public LeafTree(List<TreeHash> leaves) {
        for (List<TreeHash> level = List.copyOf(leaves); !level.isEmpty(); level = above(level)) {
            levels.add(level);
        }
    }

    private static List<TreeHash> above(List<TreeHash> level) {
        List<TreeHash> nodes = new ArrayList<>(level.size() / 2);
        for (int right = 1; right < level.size(); right += 2) {
            nodes.add(TreeHash.ofChildren(level.get(right - 1), level.get(right)));
        }
        return nodes;
    }

    @Override
    public TreeHash node(int level, long index) {
        return levels.get(level).get(Math.toIntExact(index));
    }

    /** How many leaves it has. */
    public int size() {
        return levels.isEmpty() ? 0 : levels.getFirst().size();
    }

    public TreeHash root() {
        return root(0, size());
    }

    /**
     * The proof of one of its leaves.
     *
     * @throws IllegalArgumentException if it has no such leaf
     */
    public InclusionProof proof(int index) {
        return InclusionProof.of(index, size(), this);
    }
}
