package org.sealkeeper.rollback;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.OwnRecord;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.TokenLabel;

/** What the tokens of an appliance remember: each the same, unless it was away. */
public final class TokenMemories {
    private final Tokens tokens;
    private final SequencedMap<TokenLabel, TokenMemory> memories = new LinkedHashMap<>();

    /** @param nanoTime as {@link System#nanoTime} */
    public TokenMemories(Tokens tokens, LongSupplier nanoTime) {
        this.tokens = tokens;
        tokens.all().forEach(token -> memories.put(token.label(), new TokenMemory(token, nanoTime)));
    }

    /** Waits until no appliance holds the lease of a token that is used, as {@link TokenMemory#awaitFree}. */
    Recollection awaitFree(String place) {
        var recalls = new LinkedHashMap<TokenLabel, Recall>();
        for (Hsm token : tokens.used()) {
            recalls.put(token.label(), memory(token.label()).awaitFree(place));
        }
        return new Recollection(recalls);
    }

    /**
     * Takes the lease of each token that was asked, or of none. If we crash in between, the tokens that were taken say that the others are to
     * be asked, too.
     *
     * @param seen as {@link TokenMemory#take}
     * @throws TokenInUse if another appliance takes one at this moment
     */
    MemoryCopies take(Recollection seen, MemoryRecord record) {
        Deque<TokenMemory.Taken> taken = new ArrayDeque<>();
        var copies = new LinkedHashMap<TokenLabel, OwnRecord>();
        try {
            for (Map.Entry<TokenLabel, Recall> token : seen.byToken().entrySet()) {
                TokenMemory.Taken one = memory(token.getKey()).take(token.getValue(), record);
                taken.addLast(one);
                copies.put(token.getKey(), one.own());
            }
        } catch (RuntimeException e) {
            taken.forEach(one -> one.own().withdraw(others -> true));
            throw e;
        }
        return new MemoryCopies(tokens, copies);
    }

    /** Has those that are away now remember what is signed once they are there. */
    MemoryReturn returning(MemoryCopies copies, MemoryRecord first, TakingOver takingOver) {
        return new MemoryReturn(tokens, this, copies, first, takingOver);
    }

    /** The tokens that are to be named in what those that were asked remember. */
    List<TokenLabel> named(Recollection seen) {
        return tokens.areSeveral() ? List.copyOf(seen.byToken().keySet()) : List.of();
    }

    TokenMemory memory(TokenLabel token) {
        TokenMemory memory = memories.get(token);
        if (memory == null) {
            throw new IllegalArgumentException("expected a token of this appliance");
        }
        return memory;
    }
}
