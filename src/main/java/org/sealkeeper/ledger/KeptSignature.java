package org.sealkeeper.ledger;

import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.SigningAlgorithm;

/**
 * The one signature of a block, as it was and will always be answered.
 *
 * @param jws the JWS compact string
 */
record KeptSignature(KeyId keyId, SigningAlgorithm algorithm, String jws) {}
