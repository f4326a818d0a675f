package org.sealkeeper.rollback.model;

/**
 * The leaves of a store, five bits each, the last one lowest. Its claims and its head follow from them. Two leaves that say the same are
 * the same here, though each has a time of its own: that only makes it harder to tell stores apart.
 */
record Log(int leaves) {
    static final Log EMPTY = new Log(0);

    private static final int BITS = 5;
    private static final int LEAF = (1 << BITS) - 1;
    private static final int KEEPS_TOP = 4;
    private static final int ACCEPTED = 8;
    private static final int VOIDS = 16;

    Log claim(Block block) {
        return with(1 + block.number());
    }

    /**
     * An operator has accepted a rollback: the log has a new name.
     *
     * @param height up to which nothing is claimed any more
     * @param voids whether claims up to there are given up
     * @param keepsTop whether the claim of this very height is kept all the same
     */
    Log accept(int height, boolean voids, boolean keepsTop) {
        return with(ACCEPTED + (voids ? VOIDS : 0) + (keepsTop ? KEEPS_TOP : 0) + height);
    }

    private Log with(int leaf) {
        return new Log(leaves << BITS | leaf);
    }

    boolean isEmpty() {
        return leaves == 0;
    }

    private int size() {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(leaves) + BITS - 1) / BITS;
    }

    /** What it was before its last leaf. */
    Log before() {
        return new Log(leaves >>> BITS);
    }

    private Log first(int size) {
        return new Log(leaves >>> (BITS * (size() - size)));
    }

    /** Whether this is what the other one was, with the same name, or has more. */
    boolean continues(Log other) {
        int size = other.size();
        return size <= size() && first(size).equals(other) && name().equals(other.name());
    }

    private Log name() {
        int size = size();
        while (size > 0 && (first(size).leaves & ACCEPTED) == 0) {
            size--;
        }
        return first(size);
    }

    /** The height above which the next block is claimed. */
    int head() {
        int head = 0;
        for (int rest = leaves; rest != 0; rest >>>= BITS) {
            head = Math.max(head, height(rest & LEAF));
        }
        return head;
    }

    private static int height(int leaf) {
        return (leaf & ACCEPTED) != 0
                ? leaf & KEEPS_TOP - 1
                : Block.ALL.get(leaf - 1).height();
    }

    /** The blocks that this store would sign if it were asked again. */
    int claims() {
        int claims = 0;
        int voidUpTo = 0;
        for (int rest = leaves; rest != 0; rest >>>= BITS) {
            int leaf = rest & LEAF;
            if ((leaf & ACCEPTED) == 0) {
                Block block = Block.ALL.get(leaf - 1);
                claims |= block.height() > voidUpTo ? block.bit() : 0;
            } else if ((leaf & VOIDS) != 0) {
                voidUpTo = Math.max(voidUpTo, height(leaf) - ((leaf & KEEPS_TOP) == 0 ? 0 : 1));
            }
        }
        return claims;
    }

    /** Those of them that are of this height. */
    int claimsAt(int height) {
        int claims = claims();
        return Block.of(claims).stream()
                .filter(block -> block.height() == height)
                .mapToInt(Block::bit)
                .sum();
    }

    @Override
    public String toString() {
        var text = new StringBuilder("[");
        for (int size = 1; size <= size(); size++) {
            int leaf = first(size).leaves & LEAF;
            text.append(size == 1 ? "" : " ")
                    .append((leaf & ACCEPTED) == 0 ? Block.ALL.get(leaf - 1) : "ACCEPTED_UP_TO_" + height(leaf));
        }
        return text.append(']').toString();
    }
}
