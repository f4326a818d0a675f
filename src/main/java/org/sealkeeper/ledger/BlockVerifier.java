package org.sealkeeper.ledger;

import org.sealkeeper.verify.CompactJws;
import org.sealkeeper.verify.TrustedKeys;

/** Judges one block signature with nothing but trusted public keys. Safe for use by many threads. */
public final class BlockVerifier {
    private final TrustedKeys trusted;

    public BlockVerifier(TrustedKeys trusted) {
        this.trusted = trusted;
    }

    /** Judges a JWS in compact form; anything malformed is {@link BlockVerdict.Invalid}. */
    public BlockVerdict verify(String compactJws) {
        try {
            return judge(CompactJws.parse(compactJws));
        } catch (IllegalArgumentException e) {
            return new BlockVerdict.Invalid("not a block signature: " + e.getMessage());
        }
    }

    private BlockVerdict judge(CompactJws jws) {
        var header = jws.header();
        if (!header.type().equals(BlockStatement.TYPE)) {
            return new BlockVerdict.Invalid("expected typ " + BlockStatement.TYPE + ", found another");
        }
        var key = trusted.find(header.keyId());
        if (key.isEmpty()) {
            return new BlockVerdict.Invalid(trusted.whyNot(header.keyId()));
        }
        if (!jws.isSignedBy(key.get())) {
            return new BlockVerdict.Invalid("the signature is not that of key " + header.keyId());
        }
        return new BlockVerdict.Valid(BlockStatement.parse(jws.payload()), header.keyId());
    }
}
