package org.sealkeeper.hsm;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One way in which a key in the token is not what was declared.
 *
 * @param what the attribute (CKA_…), and the object that has it, or the objects that were counted
 * @param expected as declared
 * @param found in the token
 */
public record Deviation(String what, String expected, String found) {
    /** All of them in one line. */
    public static String text(List<Deviation> deviations) {
        return deviations.stream().map(Deviation::toString).collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return what + ": expected " + expected + ", found " + found;
    }
}
