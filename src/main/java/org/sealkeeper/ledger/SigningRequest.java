package org.sealkeeper.ledger;

import org.sealkeeper.http.Caller;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.RequestId;

/** Who asks for which signature. */
record SigningRequest(Caller caller, RequestId id, ChainName chain, BlockRequest block) {}
