package org.sealkeeper.kernel;

import java.util.regex.Pattern;

/**
 * The name of somebody to whose public key data keys may be released.
 *
 * @param value 1 to 63 of {@code a-z 0-9 -}, beginning with a letter or digit
 */
public record RecipientName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public RecipientName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "expected a recipient name of 1 to 63 characters a-z, 0-9 and '-', beginning with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
