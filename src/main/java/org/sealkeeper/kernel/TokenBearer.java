package org.sealkeeper.kernel;

import java.util.Optional;

/**
 * Who calls, as his bearer token says (RFC 7519 section 4.1).
 *
 * @param issuer {@code iss}: 1 to 256 characters
 * @param subject {@code sub}: 1 to 255 characters, as OpenID Connect bounds it
 * @param tokenId {@code jti}: 1 to 128 characters; empty where the token has none, or a longer one
 */
public record TokenBearer(String issuer, String subject, Optional<String> tokenId) {
    private static final int MAX_ISSUER = 256;
    private static final int MAX_SUBJECT = 255;
    private static final int MAX_TOKEN_ID = 128;

    public TokenBearer {
        expectName(issuer, "iss", MAX_ISSUER);
        expectName(subject, "sub", MAX_SUBJECT);
        tokenId = tokenId.filter(id -> isName(id, MAX_TOKEN_ID));
    }

    /** Whoever it is, by whichever of his tokens. */
    public TokenBearer withoutTokenId() {
        return new TokenBearer(issuer, subject, Optional.empty());
    }

    private static void expectName(String text, String claim, int maxLength) {
        if (!isName(text, maxLength)) {
            throw new IllegalArgumentException("expected a token whose '" + claim + "' has 1 to " + maxLength
                    + " characters without control characters or U+FFFD");
        }
    }

    /** Half a character has no bytes, and an audit leaf must have some; of U+FFFD nobody knows what it was. */
    private static boolean isName(String text, int maxLength) {
        return !text.isEmpty()
                && text.length() <= maxLength
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || Character.getType(c) == Character.SURROGATE
                                || c == '\uFFFD');
    }
}
