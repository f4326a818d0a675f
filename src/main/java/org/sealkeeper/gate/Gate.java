package org.sealkeeper.gate;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.http.identity.BearerToken;
import org.sealkeeper.http.identity.Caller;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.policy.Identity;
import org.sealkeeper.policy.Operation;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.PolicyRequest;
import org.sealkeeper.policy.Purpose;
import org.sealkeeper.policy.TokenIdentity;
import org.sealkeeper.policy.Verdict;
import org.sealkeeper.store.Rows;

/**
 * Decides who may do what, and lets nobody to a key whose intent is not recorded. Safe for use by many threads.
 *
 * <p>If we crash between an intent and its outcome, the log says {@code begun} and no more: what the token did meanwhile was told
 * to nobody.
 */
public final class Gate {
    private final PolicyInForce policy;
    private final KeyRing keys;
    private final AuditLog audit;
    private final Runnable lease;
    private final InstantSource clock;

    /** @param lease runs right before the token signs, and throws a fault if the keys are not this appliance's at that moment */
    public Gate(PolicyInForce policy, KeyRing keys, AuditLog audit, Runnable lease, InstantSource clock) {
        this.policy = policy;
        this.keys = keys;
        this.audit = audit;
        this.lease = lease;
        this.clock = clock;
    }

    /** Decides about something that is done to the appliance as a whole. */
    public Decision decide(Caller caller, Operation operation) {
        return decide(caller, operation, Optional.empty(), OptionalLong.empty());
    }

    /** Decides about reading a chain. */
    public Decision decide(Caller caller, Operation operation, ChainName chain) {
        return decide(caller, operation, Optional.of(chain), OptionalLong.empty());
    }

    /** Decides about a block of a chain. */
    public Decision decide(Caller caller, Operation operation, ChainName chain, Height height) {
        return decide(caller, operation, Optional.of(chain), OptionalLong.of(height.value()));
    }

    /**
     * Decides about making or re-wrapping a data key.
     *
     * @param key the alias of the key encryption key
     */
    public Decision decide(Caller caller, Operation operation, KeyAlias key, Optional<RecipientName> recipient) {
        return decide(policy.current(), request(caller, operation, key, Optional.empty(), recipient));
    }

    /**
     * Decides about the release of a data key.
     *
     * @param key the alias of the key encryption key
     */
    public ReleaseDecision decideRelease(Caller caller, KeyAlias key, Purpose purpose, RecipientName recipient) {
        Policy inForce = policy.current();
        PolicyRequest request =
                request(caller, Operation.UNWRAP_DATA_KEY, key, Optional.of(purpose), Optional.of(recipient));
        return new ReleaseDecision(decide(inForce, request), inForce.emergencyWindow());
    }

    private PolicyRequest request(
            Caller caller,
            Operation operation,
            KeyAlias key,
            Optional<Purpose> purpose,
            Optional<RecipientName> recipient) {
        return new PolicyRequest(
                identity(caller),
                operation,
                Optional.empty(),
                Optional.of(key),
                purpose,
                OptionalLong.empty(),
                recipient.map(RecipientName::value),
                clock.instant());
    }

    private Decision decide(Caller caller, Operation operation, Optional<ChainName> chain, OptionalLong height) {
        return decide(
                policy.current(),
                new PolicyRequest(
                        identity(caller),
                        operation,
                        chain,
                        Optional.empty(),
                        Optional.empty(),
                        height,
                        Optional.empty(),
                        clock.instant()));
    }

    private static Decision decide(Policy inForce, PolicyRequest request) {
        Verdict verdict = inForce.decide(request);
        return new Decision(
                verdict.isAllowed(),
                verdict.rule(),
                Optional.of(inForce.digest()),
                request.caller().token().flatMap(token -> KeptClaims.of(token, inForce.claims())));
    }

    private static Identity identity(Caller caller) {
        return new Identity(caller.id(), caller.token().map(Gate::identity));
    }

    private static TokenIdentity identity(BearerToken token) {
        return new TokenIdentity(token.bearer().issuer(), token.bearer().subject(), token.claims());
    }

    /**
     * Records, in a transaction of the caller's, that something is about to be done.
     *
     * @param begun a leaf whose decision allows it
     */
    public Intent begin(Rows rows, Leaf begun) throws SQLException {
        if (begun.outcome() != Outcome.BEGUN || !begun.decision().isAllowed()) {
            throw new IllegalArgumentException("expected the leaf of something that is allowed and about to be done");
        }
        return new Intent(audit.append(rows, begun));
    }

    /**
     * Signs with a key.
     *
     * @param intent of which the transaction is committed
     * @return as {@link KeyRing#sign}
     */
    public CompletionStage<byte[]> sign(Intent intent, CataloguedKey key, KeyPurpose purpose, byte[] message) {
        intent.requireRecorded();
        return keys.sign(key, purpose, message, lease);
    }
}
