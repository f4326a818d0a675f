package org.sealkeeper.hsm;

/**
 * One way in which a key in the token is not what was declared.
 *
 * @param what the attribute (CKA_…), and the object that has it, or the objects that were counted
 * @param expected as declared
 * @param found in the token
 */
public record Deviation(String what, String expected, String found) {
    @Override
    public String toString() {
        return what + ": expected " + expected + ", found " + found;
    }
}
