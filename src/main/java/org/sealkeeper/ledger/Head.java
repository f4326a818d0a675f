package org.sealkeeper.ledger;

import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.Height;

/** The highest claimed block of a chain. */
record Head(Height height, BlockHash hash) {}
