package org.sealkeeper.kernel;

import java.util.regex.Pattern;

/**
 * The name a security team gives a key, stable across its versions.
 *
 * @param value 1 to 63 of {@code a-z 0-9 -}, beginning with a letter or digit
 */
public record KeyAlias(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public KeyAlias {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "expected a key alias of 1 to 63 characters a-z, 0-9 and '-', beginning with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
