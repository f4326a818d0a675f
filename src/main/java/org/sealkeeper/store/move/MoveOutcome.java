package org.sealkeeper.store.move;

import java.util.SequencedMap;
import org.sealkeeper.store.Moved;

/** What became of a move. */
public sealed interface MoveOutcome {

    /**
     * The copy is the ledger's store now.
     *
     * @param store its identity
     * @param rows how many there are in each table
     */
    record Complete(String store, Moved mark, SequencedMap<String, Long> rows) implements MoveOutcome {}

    /** It was complete before, and nothing was done. */
    record CompleteBefore(Moved mark) implements MoveOutcome {}

    /** The copy is not as the store, which stays the ledger's. */
    record Different(Difference difference) implements MoveOutcome {}
}
