package org.sealkeeper.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.policy.Identity;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Operation;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.PolicyRequest;
import org.sealkeeper.policy.Purpose;
import org.sealkeeper.policy.Subject;
import org.sealkeeper.policy.Verdict;
import org.sealkeeper.store.Store;

/**
 * A decision the audit log recorded, and what the version of the policy that made it says today.
 *
 * @param recorded as the leaf says it
 * @param repeated by that version of the policy, for the same caller, operation, chain, height and time
 * @param policy its digest
 */
public record PastDecision(Verdict recorded, Verdict repeated, String policy) {

    /**
     * Makes a decision again.
     *
     * @param leaf an index of the log in this store
     * @throws ConfigurationFault if there is no such leaf, no policy decided it, or that version is not in the store
     */
    public static PastDecision of(Store store, long leaf) {
        RecordedLeaf recorded = store.read(rows -> new Leaves(rows).entry(leaf))
                .map(RecordedLeaf::parse)
                .orElseThrow(() -> new ConfigurationFault("the audit log has no leaf " + leaf));
        String digest = recorded.text(LeafField.POLICY)
                .filter(present -> recorded.text(LeafField.CALLER).isPresent())
                .orElseThrow(() -> new ConfigurationFault("leaf " + leaf + " records no decision of a policy"));
        String text = store.read(rows ->
                        rows.first("SELECT text FROM policy_version WHERE digest = ?", row -> row.getString(1), digest))
                .orElseThrow(() -> new ConfigurationFault("the policy " + digest + " is not in this store"));
        Verdict verdict = load(text).decide(request(recorded));
        return new PastDecision(verdict(recorded), verdict, digest);
    }

    public boolean agrees() {
        return recorded.equals(repeated);
    }

    private static Verdict verdict(RecordedLeaf leaf) {
        return new Verdict(
                leaf.says(LeafField.DECISION, "allowed"),
                leaf.text(LeafField.RULE).orElseThrow());
    }

    private static PolicyRequest request(RecordedLeaf leaf) {
        Operation operation = Operation.named(leaf.text(LeafField.OPERATION).orElseThrow());
        return new PolicyRequest(
                Identity.of(new CallerId(leaf.text(LeafField.CALLER).orElseThrow())),
                operation,
                leaf.text(LeafField.CHAIN).map(ChainName::new),
                leaf.text(LeafField.KEY)
                        .filter(key -> operation.subject() == Subject.KEY)
                        .map(KeyAlias::new),
                leaf.text(LeafField.PURPOSE).map(Purpose::new),
                leaf.number(LeafField.HEIGHT),
                leaf.text(LeafField.RECIPIENT),
                Instant.parse(leaf.text(LeafField.TIME).orElseThrow()));
    }

    /** The chains and keys of then may be gone. */
    private static Policy load(String text) {
        try {
            Path file = Files.createTempFile("policy", ".yaml");
            try {
                return Policy.load(Files.writeString(file, text), KnownNames.ANY);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
