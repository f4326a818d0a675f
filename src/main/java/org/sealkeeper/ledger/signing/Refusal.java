package org.sealkeeper.ledger.signing;

import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.merkle.Origin;

/** Why a block is not signed. The refusal is recorded before it is answered. */
public sealed interface Refusal extends Ruling, SigningOutcome {

    /** No chain of this name is declared. */
    record UnknownChain(ChainName chain) implements Refusal {}

    /** The policy does not let this caller sign here. */
    record Forbidden() implements Refusal {}

    /** No version of the chain's key signs now. */
    record KeyInactive(KeyAlias key) implements Refusal {}

    /** A hash is not of the chain's length. */
    record WrongHashLength(String field, int expectedBytes, int foundBytes) implements Refusal {}

    /** Another block holds this height. */
    record ConflictingBlock(Height height, BlockHash signedHash) implements Refusal {}

    /** The previous hash is not the hash of the block below. */
    record BrokenLink(Height height, BlockHash expectedPreviousHash) implements Refusal {}

    /** The height is above the next one of a contiguous chain. */
    record HeightGap(Height expected) implements Refusal {}

    /** The height is unclaimed but below the head, or below where the chain starts here: too low to be claimed any more. */
    record HeightRegression(Height bound) implements Refusal {}

    /** The chain was handed over to the appliance of another log, and is closed here. */
    record ChainClosed(Origin handedOverTo) implements Refusal {}

    /** The operator lets nothing above this height be signed. */
    record HeightAboveCeiling(Height ceiling) implements Refusal {}

    /** The block below is claimed and has no signature yet: it is to be sent again first. */
    record PredecessorUnsigned(Height height, BlockHash blockHash) implements Refusal {}
}
