package org.sealkeeper.cli;

/** How many, or the how manieth: 1 or more. */
record Count(int value) {
    /** @throws IllegalArgumentException if it is no such number */
    static Count parse(String text) {
        return new Count((int) Numbers.parse(text, 1, Integer.MAX_VALUE));
    }
}
