package org.sealkeeper.ledger.signing;

import org.sealkeeper.ledger.BlockRecord;

/** What the guard decided about a request, and has recorded durably where it is a claim. */
sealed interface Ruling permits Ruling.Claimed, Ruling.Replayed, Refusal {

    /** The height is this block's from now on, for ever. */
    record Claimed(BlockRecord block) implements Ruling {}

    /** The height was this same block's already; it may lack its signature, if we crashed or the token failed between. */
    record Replayed(BlockRecord block) implements Ruling {}
}
