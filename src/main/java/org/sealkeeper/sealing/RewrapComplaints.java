package org.sealkeeper.sealing;

/** Receives every line that is refused. */
@FunctionalInterface
public interface RewrapComplaints {
    /**
     * Called for each such line, in their order.
     *
     * @param line from 1
     */
    void about(long line, String problem);
}
