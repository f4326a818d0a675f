package org.sealkeeper.gate;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.policy.ClaimsInView;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.policy.PolicyRequest;
import org.sealkeeper.policy.Purpose;
import org.sealkeeper.policy.ResourceKind;
import org.sealkeeper.policy.Verdict;
import org.sealkeeper.store.Store;

/**
 * A decision the audit log recorded, and what the version of the policy that made it says today.
 *
 * @param recorded as the leaf says it
 * @param repeated by that version of the policy, for the same caller, operation, chain, height and time
 * @param policy its digest
 */
public record DecisionReplay(Verdict recorded, Verdict repeated, String policy) {

    /**
     * Makes a decision again.
     *
     * @param leaf an index of the log in this store
     * @throws ConfigurationFault if there is no such leaf, no policy decided it, that version is not in the store, or it read
     *     claims the leaf does not keep
     */
    public static DecisionReplay of(Store store, long leaf) {
        RecordedLeaf recorded = store.read(rows -> new Leaves(rows).entry(leaf))
                .map(RecordedLeaf::parse)
                .orElseThrow(() -> new ConfigurationFault("the audit log has no leaf " + leaf));
        String digest = policy(recorded)
                .orElseThrow(() -> new ConfigurationFault("leaf " + leaf + " records no decision of a policy"));
        String text = text(store, digest)
                .orElseThrow(() -> new ConfigurationFault("the policy " + digest + " is not in this store"));
        return of(recorded, text, "leaf " + leaf);
    }

    /** The text of a policy that was ever in force in a store. */
    public static Optional<String> text(Store store, String digest) {
        return store.read(rows ->
                rows.first("SELECT text FROM policy_version WHERE digest = ?", row -> row.getString(1), digest));
    }

    /** The digest of the policy that decided; empty where none did. */
    public static Optional<String> policy(RecordedLeaf recorded) {
        return recorded.text(LeafField.POLICY)
                .filter(present -> recorded.text(LeafField.CALLER).isPresent()
                        || recorded.text(LeafField.ISSUER).isPresent());
    }

    /**
     * Makes a decision again.
     *
     * @param recorded a leaf that has a {@link #policy}
     * @param text of the policy that decided
     * @param name of the leaf, for messages
     * @throws ConfigurationFault if the policy read claims the leaf does not keep
     */
    public static DecisionReplay of(RecordedLeaf recorded, String text, String name) {
        if (operation(recorded).isEmpty()) {
            throw new ConfigurationFault(name + " cannot be decided again: its operation is part of another one,"
                    + " about which the policy decided");
        }
        if (!namesWhatItIsAbout(recorded)) {
            throw new ConfigurationFault(
                    name + " cannot be decided again: it does not name the chain or the key that was asked for");
        }
        Policy policy = Policy.kept(text);
        expectKept(policy.claims(), recorded, name);
        Verdict verdict = policy.decide(request(recorded));
        return new DecisionReplay(verdict(recorded), verdict, policy(recorded).orElseThrow());
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
        PolicyOperation operation = operation(leaf).orElseThrow();
        return new PolicyRequest(
                new Caller(leaf.text(LeafField.CALLER).map(CallerId::new), token(leaf)),
                operation,
                leaf.text(LeafField.CHAIN).map(ChainName::new),
                leaf.text(LeafField.KEY)
                        .filter(key -> operation.resource() == ResourceKind.KEY)
                        .map(KeyAlias::new),
                leaf.text(LeafField.PURPOSE).filter(_ -> operation.hasPurpose()).map(Purpose::new),
                leaf.number(LeafField.HEIGHT),
                leaf.text(LeafField.RECIPIENT),
                Instant.parse(leaf.text(LeafField.TIME).orElseThrow()));
    }

    /** One that counts several requests, or was refused for another reason first, may not. */
    private static boolean namesWhatItIsAbout(RecordedLeaf leaf) {
        return switch (operation(leaf).orElseThrow().resource()) {
            case CHAIN -> leaf.text(LeafField.CHAIN).isPresent();
            case KEY -> leaf.text(LeafField.KEY).isPresent();
            case NONE -> true;
        };
    }

    private static Optional<PolicyOperation> operation(RecordedLeaf leaf) {
        return Stream.of(PolicyOperation.values())
                .filter(operation -> leaf.says(LeafField.OPERATION, operation.text()))
                .findFirst();
    }

    private static Optional<BearerToken> token(RecordedLeaf leaf) {
        return leaf.text(LeafField.ISSUER)
                .map(issuer -> new BearerToken(
                        issuer,
                        leaf.text(LeafField.SUBJECT).orElseThrow(),
                        Optional.empty(),
                        leaf.text(LeafField.CLAIMS).map(KeptClaims::parse).orElse(Map.of())));
    }

    /** A decision made from less than what decided would be no evidence. */
    private static void expectKept(ClaimsInView claims, RecordedLeaf recorded, String name) {
        boolean hasToken = recorded.text(LeafField.ISSUER).isPresent();
        if (hasToken && !claims.areBounded()) {
            throw new ConfigurationFault(name + " cannot be decided again: a condition of its policy reads the"
                    + " token's claims as a whole, which the log does not keep");
        }
        if (hasToken && !claims.isEmpty() && recorded.text(LeafField.CLAIMS).isEmpty()) {
            throw new ConfigurationFault(name + " cannot be decided again: its policy reads claims of the token,"
                    + " and they were longer than the log keeps");
        }
    }
}
