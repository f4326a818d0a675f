package org.sealkeeper.mirror;

/**
 * Leaves that this program cannot judge: a newer one may have written them.
 *
 * @param first the index of the first of them
 * @param what names what of the first is not known here
 * @param count how many there are
 */
public record UnknownLeaves(long first, String what, long count) {
    UnknownLeaves andOneMore() {
        return new UnknownLeaves(first, what, count + 1);
    }
}
