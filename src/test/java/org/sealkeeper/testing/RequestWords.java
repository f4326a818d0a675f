package org.sealkeeper.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request of a test's table: words {@code name=value}. Who: {@code cert}, {@code iss}, {@code sub}, and claims
 * {@code claim.name=value}, where {@code +} joins the items of a list, and a number or truth value is one. What: {@code op},
 * {@code chain}, {@code key}, {@code for}, {@code height}, {@code to}, {@code at} (the hour), {@code why}. Spaces in values are
 * {@code _}.
 */
public record RequestWords(Map<String, String> words) {
    private static final String CLAIM = "claim.";
    private static final Set<String> NAMES =
            Set.of("cert", "iss", "sub", "op", "chain", "key", "for", "height", "to", "at", "why");

    public RequestWords {
        for (String name : words.keySet()) {
            if (!NAMES.contains(name) && !name.startsWith(CLAIM)) {
                throw new IllegalArgumentException("expected one of " + NAMES + " or a claim, found '" + name + "'");
            }
        }
    }

    /** Reads a line; no word may stand there twice. */
    public static RequestWords parse(String line) {
        var words = new LinkedHashMap<String, String>();
        for (String word : line.strip().split(" +", -1)) {
            String[] parts = word.split("=", 2);
            if (words.put(parts[0], parts[1].replace('_', ' ')) != null) {
                throw new IllegalArgumentException("expected '" + parts[0] + "' once in: " + line);
            }
        }
        return new RequestWords(words);
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(words.get(name));
    }

    /** A word that must be there. */
    public String get(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("expected the word '" + name + "' in " + words));
    }

    public Map<String, Object> claims() {
        var claims = new LinkedHashMap<String, Object>();
        words.forEach((name, value) -> {
            if (name.startsWith(CLAIM)) {
                claims.put(name.substring(CLAIM.length()), claim(value));
            }
        });
        return claims;
    }

    private static Object claim(String value) {
        if (value.contains("+")) {
            return List.of(value.split("\\+", -1));
        }
        if (value.matches("[0-9]+")) {
            return Integer.valueOf(value);
        }
        return value.equals("true") || value.equals("false") ? (Object) Boolean.valueOf(value) : value;
    }
}
