package org.sealkeeper.ledger;

import java.util.Optional;
import org.sealkeeper.kernel.CallerId;

/**
 * The claim on one height as the store keeps it: everything the signature will say, fixed before the token is asked.
 *
 * @param caller who claimed it
 * @param signature empty while claimed but not yet signed
 */
record BlockRecord(BlockStatement statement, CallerId caller, Optional<KeptSignature> signature) {

    /** Whether the request asks for exactly the block that holds this height. */
    boolean isSameBlockAs(BlockRequest request) {
        return statement.blockHash().equals(request.blockHash())
                && statement.previousHash().equals(request.previousHash());
    }
}
