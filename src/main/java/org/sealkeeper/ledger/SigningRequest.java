package org.sealkeeper.ledger;

import org.sealkeeper.kernel.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.RequestId;

/** Who asks for which signature. */
record SigningRequest(CallerId caller, RequestId id, ChainName chain, BlockRequest block) {}
