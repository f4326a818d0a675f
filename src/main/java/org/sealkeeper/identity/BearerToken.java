package org.sealkeeper.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a bearer token that was found good says of its bearer (RFC 7519 section 4.1). The token itself is not kept.
 *
 * @param issuer {@code iss}: 1 to 256 characters
 * @param subject {@code sub}: 1 to 255 characters, as OpenID Connect bounds it
 * @param tokenId {@code jti}: 1 to 128 characters; empty where the token has none, or a longer one
 * @param claims all its claims, in their order, as {@link JsonValues} has them
 */
public record BearerToken(String issuer, String subject, Optional<String> tokenId, Map<String, Object> claims) {
    private static final int MAX_ISSUER = 256;
    private static final int MAX_SUBJECT = 255;
    private static final int MAX_TOKEN_ID = 128;

    /** @throws IllegalArgumentException if issuer or subject are no such names, or a claim is of no JSON type */
    public BearerToken {
        expectName(issuer, "iss", MAX_ISSUER);
        expectName(subject, "sub", MAX_SUBJECT);
        tokenId = tokenId.filter(id -> isName(id, MAX_TOKEN_ID));
        claims = JsonValues.members(claims);
    }

    /** Whether the claim is this text, or a list that contains it. A boolean or an integer is compared as JSON writes it. */
    public boolean has(String claim, String expected) {
        return switch (claim(claim).orElse("")) {
            case List<?> values -> values.stream().anyMatch(value -> isText(value, expected));
            case Object value -> isText(value, expected);
        };
    }

    private Optional<Object> claim(String name) {
        return switch (name) {
            case "iss" -> Optional.of(issuer);
            case "sub" -> Optional.of(subject);
            default -> Optional.ofNullable(claims.get(name));
        };
    }

    private static boolean isText(Object value, String expected) {
        return switch (value) {
            case String text -> text.equals(expected);
            case Boolean truth -> truth.toString().equals(expected);
            case Long number -> number.toString().equals(expected);
            default -> false;
        };
    }

    BearerToken withoutClaims() {
        return new BearerToken(issuer, subject, tokenId, Map.of());
    }

    BearerToken withoutTokenId() {
        return new BearerToken(issuer, subject, Optional.empty(), claims);
    }

    private static void expectName(String text, String claim, int maxLength) {
        if (!isName(text, maxLength)) {
            throw new IllegalArgumentException("expected a token whose '" + claim + "' has 1 to " + maxLength
                    + " characters without control characters or U+FFFD");
        }
    }

    /** Half a character has no bytes, and an audit leaf must have some; U+FFFD stands for a character that was lost. */
    private static boolean isName(String text, int maxLength) {
        return !text.isEmpty()
                && text.length() <= maxLength
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || Character.getType(c) == Character.SURROGATE
                                || c == '\uFFFD');
    }
}
