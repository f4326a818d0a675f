package org.sealkeeper.cli.policy;

/** A claim of a token, as {@code NAME=TEXT}. */
public record TokenClaim(String name, String text) {
    /**
     * Reads {@code name=value}.
     *
     * @throws IllegalArgumentException if it has no name
     */
    public static TokenClaim parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("expected NAME=TEXT, found '" + text + "'");
        }
        return new TokenClaim(text.substring(0, equals), text.substring(equals + 1));
    }
}
