package org.sealkeeper.envelope;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.sealkeeper.audit.Operation.UNWRAP_DATA_KEY;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.envelope.emergency.EmergencyRequest;
import org.sealkeeper.gate.DataKeyGate;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.gate.ReleaseDecision;
import org.sealkeeper.hsm.DataKeyOutcome.NotAWrappedKey;
import org.sealkeeper.hsm.DataKeyOutcome.RecipientNotTrusted;
import org.sealkeeper.hsm.DataKeyOutcome.ReleasedKey;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.Recipient;
import org.sealkeeper.policy.Purpose;

/** Releases data keys: each to one recipient, for one purpose, and only with the context it was bound to. */
final class DataKeyReleaser {
    private final Gate gate;
    private final DataKeyGate keyGate;
    private final KeyEncryptionKeys keys;
    private final RecordedUse recorded;
    private final Authenticity authenticity;
    private final InstantSource clock;
    private final String alg;

    /** @param alg the JWE {@code alg} of what the token encrypts to recipients */
    DataKeyReleaser(
            Gate gate,
            DataKeyGate keyGate,
            KeyEncryptionKeys keys,
            RecordedUse recorded,
            InstantSource clock,
            String alg) {
        this.gate = gate;
        this.keyGate = keyGate;
        this.keys = keys;
        this.recorded = recorded;
        this.authenticity = new Authenticity(keyGate);
        this.clock = clock;
        this.alg = alg;
    }

    /** Fails only with a {@link org.sealkeeper.kernel.Fault}; asking again is safe. */
    CompletionStage<Answer> release(Requester by, UnwrapRequest request) {
        Optional<PresentedKey> found = new PresentedKeys(keys)
                .of(request.wrapped(), alias -> decide(by, request, alias).isAllowed());
        if (found.isEmpty()) {
            var unknown = new Refusal.WrappedKeyInvalid(Refusal.Flaw.OF_UNKNOWN_KEY);
            return recorded.refuse(DataKeyLeaves.withoutKey(UNWRAP_DATA_KEY, by, unknown, clock), unknown);
        }
        PresentedKey claim = found.get();
        ReleaseDecision decision = decide(by, request, claim.key().alias());
        DataKeyLeaves leaves = leaves(by, request, claim, decision.decision());
        Optional<Recipient> recipient = keys.recipient(request.recipient());
        Optional<Refusal> refusal = refusal(decision, claim, request, recipient);
        return refusal.isPresent()
                ? recorded.refuse(leaves, refusal.get())
                : carryOut(by, decision, leaves, claim, request, recipient.orElseThrow());
    }

    private ReleaseDecision decide(Requester by, UnwrapRequest request, KeyAlias alias) {
        return gate.decideRelease(by.caller(), alias, request.purposeOfUse().purpose(), request.recipient());
    }

    private static Optional<Refusal> refusal(
            ReleaseDecision decision, PresentedKey claim, UnwrapRequest request, Optional<Recipient> recipient) {
        if (!decision.isAllowed()) {
            return Optional.of(new Refusal.Forbidden());
        }
        if (recipient.isEmpty()) {
            return Optional.of(new Refusal.UnknownRecipient(request.recipient()));
        }
        return claim.key().state() == KeyEncryptionKey.State.DESTROYED
                ? Optional.of(new Refusal.KeyDestroyed(
                        claim.key().alias(), claim.key().version()))
                : Optional.empty();
    }

    private DataKeyLeaves leaves(Requester by, UnwrapRequest request, PresentedKey claim, Decision decision) {
        var subject = new Subject.DataKey(
                claim.key().alias(),
                claim.wrapped().isPresent() ? OptionalInt.of(claim.key().version()) : OptionalInt.empty(),
                Optional.of(DataKeyId.of(request.wrapped())),
                Optional.of(request.recipient()),
                Optional.of(request.purposeOfUse().purpose().code()),
                OptionalLong.empty());
        return DataKeyLeaves.of(UNWRAP_DATA_KEY, by, subject, decision, clock);
    }

    private CompletionStage<Answer> carryOut(
            Requester by,
            ReleaseDecision decision,
            DataKeyLeaves leaves,
            PresentedKey claim,
            UnwrapRequest request,
            Recipient recipient) {
        Function<Intent, CompletionStage<DataKeyResult>> work = intent -> authenticity
                .check(intent, claim, request.context())
                .thenCompose(flaw -> flaw.isPresent()
                        ? completedStage(new Refusal.WrappedKeyInvalid(flaw.get()))
                        : release(intent, claim, request, recipient));
        Purpose purpose = request.purposeOfUse().purpose();
        if (!purpose.isEmergency()) {
            return recorded.carryOut(leaves, work);
        }
        Duration window = decision.emergencyWindow().orElseThrow();
        var emergency = new EmergencyRequest(by.name(), claim.key().alias(), purpose, request.justification(), window);
        return recorded.carryOut(leaves, emergency, work);
    }

    private CompletionStage<DataKeyResult> release(
            Intent intent, PresentedKey claim, UnwrapRequest request, Recipient recipient) {
        byte[] blob = claim.wrapped().orElseThrow().key().blob();
        return keyGate.release(intent, claim.key(), blob, recipient).thenApply(released -> switch (released) {
            case ReleasedKey dataKey ->
                new DataKeyResult.Released(
                        request.wrapped(),
                        claim.key().version(),
                        recipient.name(),
                        alg,
                        Base64.getUrlEncoder().withoutPadding().encodeToString(dataKey.encryptedKey()),
                        false);
            case NotAWrappedKey() -> new Refusal.WrappedKeyInvalid(Refusal.Flaw.NOT_UNWRAPPABLE);
            case RecipientNotTrusted() -> new Refusal.UnknownRecipient(recipient.name());
        });
    }
}
