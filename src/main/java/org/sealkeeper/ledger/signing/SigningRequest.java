package org.sealkeeper.ledger.signing;

import org.sealkeeper.identity.Caller;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.ledger.BlockRequest;

/** Which caller asks for which signature. */
public record SigningRequest(Caller caller, RequestId id, ChainName chain, BlockRequest block) {}
