package org.sealkeeper.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The caller, as a verified bearer token says (RFC 7519). The token itself is not kept.
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}
 * @param claims all its claims as JSON values, in their order; integers are {@code Long}, fractions {@code Double}, {@code null} is left out
 */
public record TokenIdentity(String issuer, String subject, Map<String, Object> claims) {

    /**
     * Takes the claims as any JSON reader gives them, and keeps a copy that cannot be changed.
     *
     * @throws IllegalArgumentException if issuer or subject are empty, or a claim is of no JSON type
     */
    public TokenIdentity {
        if (issuer.isEmpty() || subject.isEmpty()) {
            throw new IllegalArgumentException("expected a token that names its issuer and its subject");
        }
        claims = members(claims);
    }

    /** Whether the claim is this text, or a list that contains it. A boolean or an integer is compared as JSON writes it. */
    boolean has(String claim, String expected) {
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

    private static Map<String, Object> members(Map<?, ?> json) {
        Map<String, Object> members = new LinkedHashMap<>();
        json.forEach((name, value) -> value(value).ifPresent(copy -> members.put(name.toString(), copy)));
        return Collections.unmodifiableMap(members);
    }

    private static Optional<Object> value(@Nullable Object json) {
        return switch (json) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Boolean truth -> Optional.of(truth);
            case Integer number -> Optional.of(number.longValue());
            case Long number -> Optional.of(number);
            case Float number -> Optional.of(number.doubleValue());
            case Double number -> Optional.of(number);
            case Map<?, ?> object -> Optional.of(members(object));
            case List<?> array -> Optional.of(items(array));
            default ->
                throw new IllegalArgumentException("expected claims of JSON types, found "
                        + json.getClass().getName());
        };
    }

    private static List<Object> items(List<?> array) {
        List<Object> items = new ArrayList<>();
        for (Object item : array) {
            value(item).ifPresent(items::add);
        }
        return List.copyOf(items);
    }
}
