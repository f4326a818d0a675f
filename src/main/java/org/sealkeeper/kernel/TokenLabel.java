package org.sealkeeper.kernel;

import java.util.regex.Pattern;

/**
 * The label of a token (CK_TOKEN_INFO, without its padding), by which an appliance and its audit log name it.
 *
 * @param value 1 to 32 of {@code A-Z a-z 0-9 . _ -} and blanks, with a letter or digit first, and no blank last
 */
public record TokenLabel(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9 ._-]{0,30}[A-Za-z0-9._-])?");

    public TokenLabel {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "expected a token label of 1 to 32 characters A-Z, a-z, 0-9, '.', '_', '-' and "
                            + "blanks, beginning with a letter or digit and not ending with a blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
