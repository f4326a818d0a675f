package org.sealkeeper.hsm;

/**
 * One attempt to break what the token must enforce.
 *
 * @param what was tried
 * @param expected the return values that refuse it
 * @param found what the token answered
 * @param isRefused whether it was one of the expected
 */
public record PolicyAttempt(String what, String expected, String found, boolean isRefused) {
    @Override
    public String toString() {
        return what + ": expected " + expected + ", the token answered " + found;
    }
}
