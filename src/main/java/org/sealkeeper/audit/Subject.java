package org.sealkeeper.audit;

import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.merkle.Checkpoint;

/** What it was done to. */
public sealed interface Subject {

    /** A block, as it was asked for. */
    record Block(ChainName chain, Height height, BlockHash previousHash, BlockHash blockHash) implements Subject {}

    /** A chain, or some of its blocks. */
    record Chain(ChainName name) implements Subject {}

    /** A log at one size: this one, or that of a peer. */
    record Log(Checkpoint checkpoint) implements Subject {}

    /** The appliance as a whole, or nothing in particular. */
    record Whole() implements Subject {}
}
