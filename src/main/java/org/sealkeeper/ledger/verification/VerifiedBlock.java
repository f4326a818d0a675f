package org.sealkeeper.ledger.verification;

import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.ledger.BatchedStatement;
import org.sealkeeper.ledger.BlockStatement;

/**
 * A block of a chain that was read and found right so far.
 *
 * @param keyId the trusted key that signed the statement
 * @param signature in compact form, of the block or of its batch
 * @param batched what it has beside the signature of a batch; empty where the signature is its own
 * @param auditIndex where the appliance says the leaf of its audit log is; empty where it does not say. Nothing proves it
 * @param auditLog the log of another appliance that it says has this leaf; empty where it is the log of the appliance that gave the block out
 */
public record VerifiedBlock(
        BlockStatement statement,
        KeyId keyId,
        String signature,
        Optional<BatchedStatement> batched,
        OptionalLong auditIndex,
        Optional<String> auditLog) {}
