package org.sealkeeper.cli.console;

import java.util.List;
import java.util.function.Function;

/** Finds values by their names. A name that nothing has would find nothing, and look like an answer. */
public final class OneOf {
    private OneOf() {}

    /**
     * Finds a value by its name.
     *
     * @throws IllegalArgumentException that lists the names, if none is this
     */
    public static <T> T named(String text, List<T> values, Function<T, String> name) {
        return values.stream()
                .filter(value -> name.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + String.join(", ", values.stream().map(name).toList()) + ", found another"));
    }
}
