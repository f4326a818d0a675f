package org.sealkeeper.ledger.door;

import java.util.Optional;
import org.sealkeeper.ledger.Head;

/**
 * The top of a chain.
 *
 * @param signed the highest signed block
 * @param claimed the highest claimed block where it has no signature yet; it may be a moment away
 */
record ChainTop(Optional<Head> signed, Optional<Head> claimed) {
    static final ChainTop EMPTY = new ChainTop(Optional.empty(), Optional.empty());
}
