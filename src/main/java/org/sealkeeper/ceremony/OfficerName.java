package org.sealkeeper.ceremony;

import java.util.regex.Pattern;

/** What an officer is called. */
public record OfficerName(String value) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");

    public OfficerName {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("expected an officer's name of 1 to 32 characters a-z, 0-9, '.', '-'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
