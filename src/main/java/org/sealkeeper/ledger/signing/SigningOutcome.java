package org.sealkeeper.ledger.signing;

import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.KeptSignature;
import org.sealkeeper.ledger.SignedBlock;

/** What a request for a signature ends in, when nothing breaks. */
public sealed interface SigningOutcome permits SigningOutcome.Signed, Refusal {

    /**
     * The block is signed, its signature durable.
     *
     * @param replay whether it had been signed before; the signature is then the identical one
     */
    record Signed(SignedBlock block, boolean replay) implements SigningOutcome {
        static Signed first(BlockStatement block, KeptSignature kept) {
            return new Signed(SignedBlock.of(block, kept), false);
        }

        static Signed again(BlockStatement block, KeptSignature kept) {
            return new Signed(SignedBlock.of(block, kept), true);
        }
    }
}
