package org.sealkeeper.mirror;

/** Is told how far a long run has come. */
@FunctionalInterface
public interface Progress {

    /** So many leaves of so many are done. */
    void at(long done, long total);
}
