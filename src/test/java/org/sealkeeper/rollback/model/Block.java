package org.sealkeeper.rollback.model;

import java.util.List;

/** What nodes ask to have signed: at each height one block, or the one that contradicts it. */
enum Block {
    FIRST(0, 1),
    OTHER_FIRST(1, 1),
    SECOND(2, 2),
    OTHER_SECOND(3, 2);

    static final List<Block> ALL = List.of(values());

    /** The blocks of whose names it matters whether they were ever used. */
    static final int NAMED_FIRST = FIRST.bit() | SECOND.bit();

    private final int number;
    private final int height;

    Block(int number, int height) {
        this.number = number;
        this.height = height;
    }

    int number() {
        return number;
    }

    int height() {
        return height;
    }

    /** In a set of blocks, which is an int. */
    int bit() {
        return 1 << number;
    }

    boolean isIn(int blocks) {
        return (blocks & bit()) != 0;
    }

    Block rival() {
        return ALL.get(number ^ 1);
    }

    static List<Block> of(int blocks) {
        return ALL.stream().filter(block -> block.isIn(blocks)).toList();
    }

    /** Both names of a height mean the same: the first block that is ever claimed there is not the other one. */
    boolean mayBeNamed(int claimed) {
        return rival().number > number || rival().isIn(claimed);
    }

    /** Promise one is broken. */
    static boolean hasTwoOfOneHeight(int blocks) {
        return ALL.stream()
                .anyMatch(block -> block.isIn(blocks) && block.rival().isIn(blocks));
    }

    /** The highest of a set, as the ledger's newest block is; one of them where two are of that height. */
    static int heightOf(int blocks) {
        return ALL.reversed().stream()
                .filter(block -> block.isIn(blocks))
                .mapToInt(Block::height)
                .findFirst()
                .orElse(0);
    }
}
