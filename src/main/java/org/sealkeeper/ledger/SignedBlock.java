package org.sealkeeper.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.merkle.Origin;

/**
 * A signed block as the API answers it. Everything an outsider must believe stands in the signature; the rest repeats it for
 * readers that verify nothing.
 *
 * @param signedAt RFC 3339, UTC, milliseconds
 * @param algorithm the JOSE {@code alg}
 * @param signature the JWS compact string: of typ {@code block+jws}, or of typ {@code block-batch+jws} where it is of a whole batch
 * @param statement the RFC 8785 canonical JSON of what is said of this block, a leaf of the batch; absent beside a signature of the block alone
 * @param proof that the statement is in the batch; absent where that is
 * @param auditIndex the leaf of the audit log that recorded the signature; absent where there was no audit log yet
 * @param auditLog the log with that leaf, where it is that of another appliance of the same ledger; absent where it is that of the one that answers
 * @param auditProof the C2SP tlog-proof of that leaf, where the caller chose to wait for it
 */
public record SignedBlock(
        ChainName chain,
        Height height,
        BlockHash previousHash,
        BlockHash blockHash,
        String signedAt,
        KeyId keyId,
        String algorithm,
        String signature,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> statement,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BatchProof> proof,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> auditIndex,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> auditLog,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> auditProof) {

    /** The block with the signature that was kept of it. */
    public static SignedBlock of(BlockStatement statement, KeptSignature kept) {
        return new SignedBlock(
                statement.chain(),
                statement.height(),
                statement.previousHash(),
                statement.blockHash(),
                statement.signedAtText(),
                kept.keyId(),
                kept.algorithm().joseName(),
                kept.jws(),
                kept.proof().map(proof -> new String(statement.canonicalJson(), StandardCharsets.US_ASCII)),
                kept.proof(),
                kept.auditIndex().stream().boxed().findFirst(),
                kept.auditLog().map(Origin::value),
                Optional.empty());
    }

    /** This block with the proof that its leaf is in the audit log. */
    public SignedBlock proven(String tlogProof) {
        return new SignedBlock(
                chain,
                height,
                previousHash,
                blockHash,
                signedAt,
                keyId,
                algorithm,
                signature,
                statement,
                proof,
                auditIndex,
                auditLog,
                Optional.of(tlogProof));
    }
}
