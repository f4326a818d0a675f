package org.sealkeeper.cli.console;

/** How many, or the how manieth: 1 or more. */
public record Count(int value) {
    /**
     * Reads a number from 1 on.
     *
     * @throws IllegalArgumentException if it is no such number
     */
    public static Count parse(String text) {
        return new Count((int) Numbers.parse(text, 1, Integer.MAX_VALUE));
    }
}
