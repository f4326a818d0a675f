package org.sealkeeper.ledger.verification;

import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.ledger.BlockStatement;

/** What a block signature is worth. */
public sealed interface BlockVerdict {

    /** A trusted key signed this statement. */
    record Valid(BlockStatement statement, KeyId keyId) implements BlockVerdict {}

    /** No trusted key signed a block statement here. */
    record Invalid(String reason) implements BlockVerdict {}

    /** It cannot be read, so no signature was judged: no proof of anything, nor of tampering. */
    record Malformed(String reason) implements BlockVerdict {}
}
