package org.sealkeeper.ledger;

import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.SigningAlgorithm;

/**
 * The one signature of a block, as it was and will always be answered.
 *
 * @param jws the JWS compact string, of the block alone or of a batch that has it
 * @param proof that the block's statement is in the batch; empty where the signature is of the block alone
 * @param auditIndex the leaf that recorded it; empty where it was made before there was an audit log
 */
public record KeptSignature(
        KeyId keyId, SigningAlgorithm algorithm, String jws, Optional<BatchProof> proof, OptionalLong auditIndex) {

    /** This signature, now that its leaf is written. */
    public KeptSignature recordedAt(long leaf) {
        return new KeptSignature(keyId, algorithm, jws, proof, OptionalLong.of(leaf));
    }
}
