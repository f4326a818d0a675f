package org.sealkeeper.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.sealkeeper.kernel.TokenLabel;

/** One data key as each of some tokens wrapped it: under its own key-encryption key, 40 bytes (RFC 3394). Never changes. */
public final class Wraps {
    private final SequencedMap<TokenLabel, byte[]> byToken;

    private Wraps(SequencedMap<TokenLabel, byte[]> byToken) {
        this.byToken = byToken;
    }

    /**
     * What each of some tokens wrapped.
     *
     * @param byToken one or more, in the order in which they are to stay
     */
    public static Wraps of(SequencedMap<TokenLabel, byte[]> byToken) {
        if (byToken.isEmpty()) {
            throw new IllegalArgumentException("expected a data key that some token wrapped");
        }
        return new Wraps(new LinkedHashMap<>(byToken));
    }

    /** What the only token wrapped. */
    public static Wraps of(TokenLabel token, byte[] blob) {
        return of(new LinkedHashMap<>(Map.of(token, blob)));
    }

    /** The tokens that wrapped it, in order. */
    public List<TokenLabel> tokens() {
        return List.copyOf(byToken.keySet());
    }

    /** What this token wrapped. */
    public byte[] in(TokenLabel token) {
        byte[] blob = byToken.get(token);
        if (blob == null) {
            throw new IllegalArgumentException("expected one of the tokens that wrapped the data key, found another");
        }
        return blob.clone();
    }

    /** Those of the tokens that fit; one at least must. */
    Wraps only(Predicate<TokenLabel> fits) {
        SequencedMap<TokenLabel, byte[]> rest = new LinkedHashMap<>(byToken);
        rest.keySet().removeIf(fits.negate());
        return of(rest);
    }
}
