package org.sealkeeper.cli.assess;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks once, for all who ask; where that fails, it fails again for each. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> sight;
    private @Nullable T seen;

    Once(Supplier<T> sight) {
        this.sight = sight;
    }

    @Override
    public T get() {
        T known = seen;
        if (known == null) {
            known = sight.get();
            seen = known;
        }
        return known;
    }
}
