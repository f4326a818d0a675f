package org.sealkeeper.cli.console;

import java.util.regex.Pattern;

/** Reads integers in their one form: digits, no sign, no leading zero. */
public final class Numbers {
    private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,17}");

    private Numbers() {}

    /**
     * Reads a decimal number between two bounds.
     *
     * @throws IllegalArgumentException if it is none, or outside
     */
    public static long parse(String text, long least, long most) {
        if (!FORM.matcher(text).matches() || Long.parseLong(text) < least || Long.parseLong(text) > most) {
            throw new IllegalArgumentException(
                    "expected an integer from " + least + " to " + most + ", found '" + text + "'");
        }
        return Long.parseLong(text);
    }
}
