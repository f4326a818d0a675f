package org.sealkeeper.cli.audit;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.fhir.SignedBlock;
import org.sealkeeper.ledger.BatchProof;
import org.sealkeeper.ledger.BatchedStatement;
import org.sealkeeper.ledger.verification.VerifiedBlock;
import org.sealkeeper.merkle.Origin;

/** A block of an export, for FHIR. */
final class SignedBlockText {
    private SignedBlockText() {}

    /** @param log whose export it is of, unless the block names another */
    static SignedBlock of(Origin log, VerifiedBlock block) {
        var statement = block.statement();
        String leavesIn = block.auditLog().orElse(log.value());
        return new SignedBlock(
                statement.chain(),
                statement.height(),
                statement.signedAtText(),
                block.keyId(),
                block.signature(),
                block.batched().map(SignedBlockText::json),
                block.auditIndex().stream()
                        .mapToObj(index -> SignedBlock.leaf(leavesIn, index))
                        .findFirst());
    }

    /** As the API has the two. */
    private static String json(BatchedStatement batched) {
        BatchProof proof = batched.proof();
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("leafIndex", (long) proof.leafIndex());
        members.put("leafCount", (long) proof.leafCount());
        members.put("hashes", proof.hashes());
        SequencedMap<String, Object> both = new LinkedHashMap<>();
        both.put("statement", batched.statement());
        both.put("proof", members);
        return JsonResult.of(both);
    }
}
