package org.sealkeeper.ledger.verification;

import java.util.Optional;
import org.sealkeeper.ledger.BatchStatement;
import org.sealkeeper.ledger.BatchedStatement;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.verify.CompactJws;
import org.sealkeeper.verify.TrustedKeys;

/** Judges the signature of one block with nothing but trusted public keys. Safe for use by many threads. */
public final class BlockVerifier {
    private final TrustedKeys trusted;

    public BlockVerifier(TrustedKeys trusted) {
        this.trusted = trusted;
    }

    /** Judges a JWS in compact form that is of one block alone. */
    public BlockVerdict verify(String compactJws) {
        return verify(compactJws, Optional.empty());
    }

    /**
     * Judges a JWS in compact form. Its signed {@code typ} alone says what it is of, so that neither kind is ever taken for the other.
     *
     * @param batched what a block has beside the signature of its batch, and no other block may have
     */
    public BlockVerdict verify(String compactJws, Optional<BatchedStatement> batched) {
        CompactJws jws;
        try {
            jws = CompactJws.parse(compactJws);
        } catch (IllegalArgumentException e) {
            return new BlockVerdict.Malformed(notASignature(e));
        }
        try {
            return judge(jws, batched);
        } catch (IllegalArgumentException e) {
            return new BlockVerdict.Invalid(notASignature(e));
        }
    }

    private static String notASignature(IllegalArgumentException why) {
        return "not a block signature: " + why.getMessage();
    }

    private BlockVerdict judge(CompactJws jws, Optional<BatchedStatement> batched) {
        return switch (jws.header().type()) {
            case BlockStatement.TYPE ->
                batched.isPresent()
                        ? new BlockVerdict.Invalid("expected no statement and no proof beside a signature of one block")
                        : judgeAlone(jws);
            case BatchStatement.TYPE ->
                batched.map(statement -> judgeInBatch(jws, statement))
                        .orElseGet(() -> new BlockVerdict.Invalid(
                                "expected the statement and the proof beside the signature of a batch"));
            default ->
                new BlockVerdict.Invalid(
                        "expected typ " + BlockStatement.TYPE + " or " + BatchStatement.TYPE + ", found another");
        };
    }

    private BlockVerdict judgeAlone(CompactJws jws) {
        return whyNoTrustedKeySigned(jws)
                .<BlockVerdict>map(BlockVerdict.Invalid::new)
                .orElseGet(() -> new BlockVerdict.Valid(
                        BlockStatement.parse(jws.payload()), jws.header().keyId()));
    }

    private BlockVerdict judgeInBatch(CompactJws jws, BatchedStatement batched) {
        Optional<String> refusal = whyNoTrustedKeySigned(jws);
        if (refusal.isPresent()) {
            return new BlockVerdict.Invalid(refusal.get());
        }
        return batched.isIn(BatchStatement.parse(jws.payload()))
                ? new BlockVerdict.Valid(batched.parsed(), jws.header().keyId())
                : new BlockVerdict.Invalid("the proof does not show that the statement is in the signed batch");
    }

    private Optional<String> whyNoTrustedKeySigned(CompactJws jws) {
        var keyId = jws.header().keyId();
        var key = trusted.find(keyId);
        if (key.isEmpty()) {
            return Optional.of(trusted.whyNot(keyId));
        }
        return jws.isSignedBy(key.get()) ? Optional.empty() : Optional.of("the signature is not that of key " + keyId);
    }
}
