package org.sealkeeper.ledger.door;

import java.util.Optional;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.merkle.Origin;

/**
 * The top of a chain.
 *
 * @param signed the highest signed block
 * @param claimed the highest claimed block where it has no signature yet; it may be a moment away
 * @param handedOverTo the log of the appliance where the chain goes on; empty where it is signed here
 */
public record ChainTop(Optional<Head> signed, Optional<Head> claimed, Optional<Origin> handedOverTo) {
    static final ChainTop EMPTY = new ChainTop(Optional.empty(), Optional.empty(), Optional.empty());
}
