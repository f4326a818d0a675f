package org.sealkeeper.cli.assess;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks once, for all who ask; where that fails, it fails again for each. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> source;
    private @Nullable T seen;

    Once(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public T get() {
        T known = seen;
        if (known == null) {
            known = source.get();
            seen = known;
        }
        return known;
    }
}
