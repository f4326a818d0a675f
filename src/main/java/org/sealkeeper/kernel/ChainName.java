package org.sealkeeper.kernel;

import java.util.regex.Pattern;

/**
 * The name of one ledger chain.
 *
 * @param value 1 to 63 of {@code a-z 0-9 -}, beginning with a letter or digit
 */
public record ChainName(String value) implements Comparable<ChainName> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public ChainName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "expected a chain name of 1 to 63 characters a-z, 0-9 and '-', beginning with a letter or digit");
        }
    }

    @Override
    public int compareTo(ChainName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
