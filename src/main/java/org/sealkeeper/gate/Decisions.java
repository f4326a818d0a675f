package org.sealkeeper.gate;

import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.config.InForce;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.policy.PolicyRequest;
import org.sealkeeper.policy.Purpose;
import org.sealkeeper.policy.Verdict;

/** Decides, by the policy in force, which caller may do what. Safe for use by many threads. */
public final class Decisions {
    private final InForce<Policy> policy;
    private final InstantSource clock;

    public Decisions(InForce<Policy> policy, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /** Decides about something that is done to the appliance as a whole. */
    public Decision decide(Caller caller, PolicyOperation operation) {
        return decide(caller, operation, Optional.empty(), OptionalLong.empty());
    }

    /** Decides about reading a chain. */
    public Decision decide(Caller caller, PolicyOperation operation, ChainName chain) {
        return decide(caller, operation, Optional.of(chain), OptionalLong.empty());
    }

    /** Decides about a block of a chain. */
    public Decision decide(Caller caller, PolicyOperation operation, ChainName chain, Height height) {
        return decide(caller, operation, Optional.of(chain), OptionalLong.of(height.value()));
    }

    /**
     * Decides about making or re-wrapping a data key.
     *
     * @param key the alias of the key-encryption key
     */
    public Decision decide(Caller caller, PolicyOperation operation, KeyAlias key, Optional<RecipientName> recipient) {
        return decide(policy.current(), request(caller, operation, key, Optional.empty(), recipient));
    }

    /**
     * Decides about the release of a data key.
     *
     * @param key the alias of the key-encryption key
     */
    public ReleaseDecision decideRelease(Caller caller, KeyAlias key, Purpose purpose, RecipientName recipient) {
        Policy inForce = policy.current();
        PolicyRequest request =
                request(caller, PolicyOperation.UNWRAP_DATA_KEY, key, Optional.of(purpose), Optional.of(recipient));
        return new ReleaseDecision(decide(inForce, request), inForce.emergencyWindow());
    }

    private PolicyRequest request(
            Caller caller,
            PolicyOperation operation,
            KeyAlias key,
            Optional<Purpose> purpose,
            Optional<RecipientName> recipient) {
        return new PolicyRequest(
                caller,
                operation,
                Optional.empty(),
                Optional.of(key),
                purpose,
                OptionalLong.empty(),
                recipient.map(RecipientName::value),
                clock.instant());
    }

    private Decision decide(Caller caller, PolicyOperation operation, Optional<ChainName> chain, OptionalLong height) {
        return decide(
                policy.current(),
                new PolicyRequest(
                        caller,
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
}
