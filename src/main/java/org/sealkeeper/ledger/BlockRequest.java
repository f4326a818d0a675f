package org.sealkeeper.ledger;

import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.Height;

/** What a ledger node asks to have signed: this hash, at this height, on top of that one. */
record BlockRequest(Height height, BlockHash previousHash, BlockHash blockHash) {}
