package org.sealkeeper.ledger;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.Height;

/** What a ledger node asks to have signed: this hash, at this height, on top of that one. */
@Schema(requiredProperties = {"height", "previousHash", "blockHash"})
public record BlockRequest(Height height, BlockHash previousHash, BlockHash blockHash) {}
