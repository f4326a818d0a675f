package org.sealkeeper.rollback.model;

/** Receives every world that is one step away. */
@FunctionalInterface
interface Reached {
    /**
     * A step was found.
     *
     * @param slot of the process that made the step; -1 where it was none
     */
    void reached(String step, int slot, World world);
}
