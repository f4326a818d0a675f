package org.sealkeeper.ledger;

import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyId;

/**
 * A signed block as the API answers it. Everything an outsider must believe stands in the signature; the rest repeats it for
 * those who only read.
 *
 * @param signedAt RFC 3339, UTC, milliseconds
 * @param algorithm the JOSE {@code alg}
 * @param signature the JWS compact string, of typ {@code block+jws}
 */
record SignedBlock(
        ChainName chain,
        Height height,
        BlockHash previousHash,
        BlockHash blockHash,
        String signedAt,
        KeyId keyId,
        String algorithm,
        String signature) {

    /** The block with the signature that was kept of it. */
    static SignedBlock of(BlockStatement statement, KeptSignature kept) {
        return new SignedBlock(
                statement.chain(),
                statement.height(),
                statement.previousHash(),
                statement.blockHash(),
                statement.signedAtText(),
                kept.keyId(),
                kept.algorithm().joseName(),
                kept.jws());
    }
}
