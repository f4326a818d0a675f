package org.sealkeeper.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies that nobody can change of JSON values as any reader gives them: integers are {@code Long}, fractions {@code Double}, {@code null} is left out. */
final class JsonValues {
    private JsonValues() {}

    /** @throws IllegalArgumentException if a value is of no JSON type */
    static Map<String, Object> members(Map<?, ?> json) {
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
