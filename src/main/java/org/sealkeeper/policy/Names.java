package org.sealkeeper.policy;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;

/** Reads the patterns of a policy's chains and keys, and knows which of them match no declared name. */
final class Names {
    private final KnownNames known;

    Names(KnownNames known) {
        this.known = known;
    }

    /** @throws IllegalArgumentException if it is no pattern, or the exact name of a chain there is not */
    NamePattern chain(String text) {
        NamePattern pattern = NamePattern.parse(text);
        if (!pattern.isPrefix()) {
            expectKnown(new ChainName(pattern.text()), known.chains(), "chain");
        }
        return pattern;
    }

    /** @throws IllegalArgumentException if it is no pattern, or the exact alias of a key there is not */
    NamePattern key(String text) {
        NamePattern pattern = NamePattern.parse(text);
        if (!pattern.isPrefix()) {
            expectKnown(new KeyAlias(pattern.text()), known.keys(), "key");
        }
        return pattern;
    }

    boolean matchesNoChain(NamePattern pattern) {
        return matchesNone(pattern, known.chains());
    }

    boolean matchesNoKey(NamePattern pattern) {
        return matchesNone(pattern, known.keys());
    }

    private static <T> void expectKnown(T name, Optional<Set<T>> known, String what) {
        if (known.isPresent() && !known.get().contains(name)) {
            throw new IllegalArgumentException("expected a declared " + what + ", or a prefix that ends in '*'");
        }
    }

    /** All names at once is no mistake where there are none yet. */
    private static boolean matchesNone(NamePattern pattern, Optional<? extends Collection<?>> known) {
        return !pattern.text().isEmpty()
                && known.isPresent()
                && known.get().stream().noneMatch(name -> pattern.matches(name.toString()));
    }
}
