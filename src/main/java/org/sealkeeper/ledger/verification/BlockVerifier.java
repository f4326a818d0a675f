package org.sealkeeper.ledger.verification;

import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.verify.CompactJws;
import org.sealkeeper.verify.TrustedKeys;

/** Judges one block signature with nothing but trusted public keys. Safe for use by many threads. */
public final class BlockVerifier {
    private final TrustedKeys trusted;

    public BlockVerifier(TrustedKeys trusted) {
        this.trusted = trusted;
    }

    /** Judges a JWS in compact form. */
    public BlockVerdict verify(String compactJws) {
        CompactJws jws;
        try {
            jws = CompactJws.parse(compactJws);
        } catch (IllegalArgumentException e) {
            return new BlockVerdict.Malformed(notASignature(e));
        }
        try {
            return judge(jws);
        } catch (IllegalArgumentException e) {
            return new BlockVerdict.Invalid(notASignature(e));
        }
    }

    private static String notASignature(IllegalArgumentException why) {
        return "not a block signature: " + why.getMessage();
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
