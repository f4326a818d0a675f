package org.sealkeeper.rollback;

import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.Height;

/** The highest claimed block of a chain, as it is remembered. */
public record RememberedHead(Height height, BlockHash hash) {}
