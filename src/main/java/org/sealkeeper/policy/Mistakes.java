package org.sealkeeper.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.sealkeeper.config.ConfigurationFault;

/** Collects the mistakes of a file, so that all of them are reported at once. */
final class Mistakes {
    private final List<String> mistakes = new ArrayList<>();

    /** What the reading gives, or the substitute after a mistake; a policy with mistakes is never used. */
    <T> T orElse(T substitute, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ConfigurationFault e) {
            add(e);
            return substitute;
        }
    }

    void check(Runnable reading) {
        try {
            reading.run();
        } catch (ConfigurationFault e) {
            add(e);
        }
    }

    void add(ConfigurationFault mistake) {
        mistakes.add(mistake.getMessage());
    }

    List<String> all() {
        return List.copyOf(mistakes);
    }
}
