package org.sealkeeper.mirror;

/** Receives how far a long run has come. */
@FunctionalInterface
public interface Progress {

    /** So many leaves of so many are done. */
    void at(long done, long total);
}
