package org.sealkeeper.keys;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sealkeeper.kernel.TokenLabel;

/**
 * A key that signs under an alias: a pair in each of its tokens, any of which signs as well as the others.
 *
 * @param pairs one or more, each in another token; of one alias, purpose and algorithm
 */
public record SigningKey(List<CataloguedKey> pairs) {
    public SigningKey {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("expected a pair of the key, found none");
        }
        CataloguedKey first = pairs.getFirst();
        Set<TokenLabel> tokens = new HashSet<>();
        for (CataloguedKey pair : pairs) {
            if (!pair.isOfKey(first) || !tokens.add(pair.token())) {
                throw new IllegalArgumentException(
                        "expected pairs of one key in different tokens, found " + first.name() + " and " + pair.name());
            }
        }
    }

    /**
     * The newest version of a key.
     *
     * @param pairs one or more, of one key, of whatever versions
     */
    static SigningKey newest(List<CataloguedKey> pairs) {
        int newest = pairs.stream().mapToInt(CataloguedKey::version).max().orElseThrow();
        return new SigningKey(
                pairs.stream().filter(pair -> pair.version() == newest).toList());
    }

    List<TokenLabel> tokens() {
        return pairs.stream().map(CataloguedKey::token).toList();
    }

    /** @throws java.util.NoSuchElementException if it has no pair in this token */
    CataloguedKey in(TokenLabel token) {
        return pairs.stream()
                .filter(pair -> pair.token().equals(token))
                .findFirst()
                .orElseThrow();
    }
}
