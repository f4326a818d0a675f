package org.sealkeeper.store.move;

/** Is told how far a move came. */
@FunctionalInterface
public interface MoveProgress {

    /**
     * So much is done, and durable.
     *
     * @param what is done, such as "rows of block copied"
     */
    void at(String what, long done, long total);
}
