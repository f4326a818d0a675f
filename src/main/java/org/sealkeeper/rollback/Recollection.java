package org.sealkeeper.rollback;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.sealkeeper.kernel.TokenLabel;

/** What each token of an appliance that can be asked remembered at one moment. */
record Recollection(SequencedMap<TokenLabel, Recall> byToken) {
    Recollection {
        byToken = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byToken));
    }

    /** All of it. */
    Recall all() {
        return Recall.union(byToken.values());
    }

    /**
     * The tokens that may remember more than those that were asked. A record names all tokens that have it, and no later one is written
     * without one of these: so where all of them were asked, no other has a later one.
     */
    List<TokenLabel> missing() {
        List<TokenLabel> missing =
                new ArrayList<>(all().newest().map(MemoryRecord::tokens).orElse(List.of()));
        missing.removeAll(byToken.keySet());
        return missing;
    }

    /** @throws TokenMissing if a token that was not asked may remember more */
    void requireComplete() {
        List<TokenLabel> missing = missing();
        if (!missing.isEmpty()) {
            throw new TokenMissing(missing);
        }
    }
}
