package org.sealkeeper.ledger;

import java.util.Optional;

/**
 * The claim on one height as the store keeps it: everything the signature will say, fixed before the token is asked.
 *
 * @param caller the caller that claimed it, as {@link org.sealkeeper.identity.Caller#name} has it
 * @param signature empty while claimed but not yet signed
 */
public record BlockRecord(BlockStatement statement, String caller, Optional<KeptSignature> signature) {

    /** Whether the request asks for exactly the block that holds this height. */
    public boolean isSameBlockAs(BlockRequest request) {
        return statement.blockHash().equals(request.blockHash())
                && statement.previousHash().equals(request.previousHash());
    }
}
