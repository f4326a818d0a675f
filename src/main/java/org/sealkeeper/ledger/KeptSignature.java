package org.sealkeeper.ledger;

import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.merkle.Origin;

/**
 * The one signature of a block, as it was and will always be answered.
 *
 * @param jws the JWS compact string, of the block alone or of a batch that has it
 * @param proof that the block's statement is in the batch; empty where the signature is of the block alone
 * @param auditIndex the leaf that recorded it; empty where it was made before there was an audit log
 * @param auditLog the log that has that leaf, where it is that of another appliance of the database; empty where it is this one's
 */
public record KeptSignature(
        KeyId keyId,
        SigningAlgorithm algorithm,
        String jws,
        Optional<BatchProof> proof,
        OptionalLong auditIndex,
        Optional<Origin> auditLog) {

    /** One that no leaf records yet. */
    public static KeptSignature unrecorded(
            KeyId keyId, SigningAlgorithm algorithm, String jws, Optional<BatchProof> proof) {
        return new KeptSignature(keyId, algorithm, jws, proof, OptionalLong.empty(), Optional.empty());
    }

    /** This signature, now that its leaf is written. */
    public KeptSignature recordedAt(long leaf) {
        return new KeptSignature(keyId, algorithm, jws, proof, OptionalLong.of(leaf), Optional.empty());
    }
}
