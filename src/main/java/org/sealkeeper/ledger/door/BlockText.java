package org.sealkeeper.ledger.door;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sealkeeper.ledger.SignedBlock;
import org.sealkeeper.verify.CanonicalJson;

/** A signed block in canonical JSON (RFC 8785), with the members that the API gives it. */
public final class BlockText {
    private BlockText() {}

    public static String of(SignedBlock block) {
        Map<String, Object> members = new TreeMap<>(Map.of(
                "chain", block.chain().value(),
                "height", block.height().value(),
                "previousHash", block.previousHash().hex(),
                "blockHash", block.blockHash().hex(),
                "signedAt", block.signedAt(),
                "keyId", block.keyId().value(),
                "algorithm", block.algorithm(),
                "signature", block.signature()));
        block.statement().ifPresent(statement -> members.put("statement", statement));
        block.proof()
                .ifPresent(proof -> members.put(
                        "proof",
                        Map.of(
                                "leafIndex", (long) proof.leafIndex(),
                                "leafCount", (long) proof.leafCount(),
                                "hashes", List.copyOf(proof.hashes()))));
        block.auditIndex().ifPresent(index -> members.put("auditIndex", index));
        block.auditLog().ifPresent(log -> members.put("auditLog", log));
        return new String(CanonicalJson.bytes(members), StandardCharsets.UTF_8);
    }
}
