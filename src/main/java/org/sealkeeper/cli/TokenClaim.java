package org.sealkeeper.cli;

/** A claim of a token, as {@code NAME=TEXT}. */
record TokenClaim(String name, String text) {
    /** @throws IllegalArgumentException if it has no name */
    static TokenClaim parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("expected NAME=TEXT, found '" + text + "'");
        }
        return new TokenClaim(text.substring(0, equals), text.substring(equals + 1));
    }
}
