package org.sealkeeper.ledger.verification;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.verify.StrictObject;
import org.sealkeeper.verify.TrustedKeys;

/**
 * Judges one signed block as the API gives it out: a JSON object that repeats beside the signature what the signature says.
 * What it repeats must be exactly that, since readers tend to look there.
 */
public final class BlockLine {
    /** The place in the appliance's own record, and the proof of it; neither says anything about the block. */
    private static final String AUDIT_INDEX = "auditIndex";

    private static final String AUDIT_LOG = "auditLog";
    private static final String AUDIT_PROOF = "auditProof";

    private final TrustedKeys trusted;
    private final BlockVerifier verifier;

    public BlockLine(TrustedKeys trusted) {
        this.trusted = trusted;
        this.verifier = new BlockVerifier(trusted);
    }

    public BlockVerdict judge(String json) {
        try {
            BlockMembers block = BlockMembers.parse(json);
            return switch (verifier.verify(block.signature(), block.batched())) {
                case BlockVerdict.Valid valid ->
                    contradiction(block.others(), signed(valid))
                            .<BlockVerdict>map(BlockVerdict.Invalid::new)
                            .orElse(valid);
                case BlockVerdict.Invalid invalid -> invalid;
                case BlockVerdict.Malformed malformed -> malformed;
            };
        } catch (IllegalArgumentException e) {
            return new BlockVerdict.Malformed("not a signed block: " + e.getMessage());
        }
    }

    /** The height that a line states, to name it in a refusal; proves nothing. */
    static Optional<Height> statedHeight(String json) {
        try {
            return StrictObject.parse(json).members().get("height") instanceof Long height
                    ? Optional.of(new Height(height))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The index in the appliance's audit log that a line states. */
    static OptionalLong statedAuditIndex(String json) {
        return StrictObject.parse(json).members().get(AUDIT_INDEX) instanceof Long index
                ? OptionalLong.of(index)
                : OptionalLong.empty();
    }

    /** The name of the log of another appliance, where a line states that its leaf is there. */
    static Optional<String> statedAuditLog(String json) {
        return StrictObject.parse(json).members().get(AUDIT_LOG) instanceof String log
                ? Optional.of(log)
                : Optional.empty();
    }

    private Map<String, Object> signed(BlockVerdict.Valid valid) {
        var block = valid.statement();
        return new TreeMap<>(Map.of(
                "chain", block.chain().value(),
                "height", block.height().value(),
                "previousHash", block.previousHash().hex(),
                "blockHash", block.blockHash().hex(),
                "signedAt", block.signedAtText(),
                "keyId", valid.keyId().value(),
                "algorithm",
                        trusted.find(valid.keyId()).orElseThrow().algorithm().joseName()));
    }

    private static Optional<String> contradiction(Map<String, Object> members, Map<String, Object> signed) {
        for (var field : signed.entrySet()) {
            if (!field.getValue().equals(members.get(field.getKey()))) {
                return Optional.of("expected '" + field.getKey() + "' to be the signed " + field.getValue());
            }
        }
        return members.entrySet().stream()
                .filter(member -> !signed.containsKey(member.getKey()) && !isAboutAudit(member))
                .findFirst()
                .map(member -> "expected no member '" + member.getKey() + "', or not with this value");
    }

    private static boolean isAboutAudit(Map.Entry<String, Object> member) {
        return switch (member.getKey()) {
            case AUDIT_INDEX -> member.getValue() instanceof Long index && index >= 0;
            case AUDIT_LOG, AUDIT_PROOF -> member.getValue() instanceof String;
            default -> false;
        };
    }
}
