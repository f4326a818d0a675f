package org.sealkeeper.hsm;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One way in which a key in the token is not what was declared.
 *
 * @param attribute the attribute (CKA_…) that differs, or by which objects were counted; or {@link #PUBLIC_KEY}
 * @param what the attribute, and the object that has it, or the objects that were counted
 * @param expected as declared
 * @param found in the token
 */
public record Deviation(String attribute, String what, String expected, String found) {
    /** Stands for the attributes that make up a public key. */
    public static final String PUBLIC_KEY = "public key";

    /** All of them in one line. */
    public static String text(List<Deviation> deviations) {
        return deviations.stream().map(Deviation::toString).collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return what + ": expected " + expected + ", found " + found;
    }
}
