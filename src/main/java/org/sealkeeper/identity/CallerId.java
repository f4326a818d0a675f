package org.sealkeeper.identity;

/**
 * A caller as its certificate names it: the SAN URI, else its subject DN (RFC 2253 form).
 *
 * @param value 1 to 512 characters, none of them a control character, and none lost (U+FFFD): two callers would be one
 */
public record CallerId(String value) {
    private static final int MAX_LENGTH = 512;

    public CallerId {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.chars().anyMatch(CallerId::isUnfit)) {
            throw new IllegalArgumentException("expected a caller identity of 1 to " + MAX_LENGTH
                    + " characters without control characters or U+FFFD");
        }
    }

    private static boolean isUnfit(int character) {
        return Character.isISOControl(character) || character == '\uFFFD';
    }

    @Override
    public String toString() {
        return value;
    }
}
