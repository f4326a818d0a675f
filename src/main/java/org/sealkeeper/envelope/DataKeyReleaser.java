package org.sealkeeper.envelope;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.sealkeeper.audit.Operation.UNWRAP_DATA_KEY;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.encoding.Base64Url;
import org.sealkeeper.envelope.emergency.EmergencyRequest;
import org.sealkeeper.gate.Decisions;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.gate.KeyUse.ReleaseDataKey;
import org.sealkeeper.gate.ReleaseDecision;
import org.sealkeeper.hsm.DataKeyOutcome.NotAWrappedKey;
import org.sealkeeper.hsm.DataKeyOutcome.RecipientNotTrusted;
import org.sealkeeper.hsm.DataKeyOutcome.ReleasedKey;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.Recipient;
import org.sealkeeper.policy.Purpose;

/** Releases data keys: each to one recipient, for one purpose, and only with the context it was bound to. */
final class DataKeyReleaser {
    private final Decisions decisions;
    private final Gate gate;
    private final KeyEncryptionKeys keys;
    private final RecordedUse recorded;
    private final PresentedKeys presentedKeys;
    private final Authenticity authenticity;
    private final InstantSource clock;

    DataKeyReleaser(Decisions decisions, Gate gate, KeyEncryptionKeys keys, RecordedUse recorded, InstantSource clock) {
        this.decisions = decisions;
        this.gate = gate;
        this.keys = keys;
        this.recorded = recorded;
        this.presentedKeys = new PresentedKeys(keys, recorded, clock);
        this.authenticity = new Authenticity(gate);
        this.clock = clock;
    }

    /** Fails only with a {@link org.sealkeeper.kernel.Fault}; asking again is safe. */
    CompletionStage<Answer> release(Requester by, UnwrapRequest request) {
        return presentedKeys.with(
                request.wrapped(),
                UNWRAP_DATA_KEY,
                by,
                alias -> decide(by, request, alias).isAllowed(),
                presented -> release(by, request, presented));
    }

    private CompletionStage<Answer> release(Requester by, UnwrapRequest request, PresentedKey presented) {
        ReleaseDecision decision = decide(by, request, presented.key().alias());
        DataKeyLeaves leaves = leaves(by, request, presented, decision.decision());
        Optional<Recipient> recipient = keys.recipient(request.recipient());
        Optional<Refusal> refusal = refusal(decision, presented, request, recipient);
        return refusal.isPresent()
                ? recorded.refuse(leaves, refusal.get())
                : carryOut(by, decision, leaves, presented, request, recipient.orElseThrow());
    }

    private ReleaseDecision decide(Requester by, UnwrapRequest request, KeyAlias alias) {
        return decisions.decideRelease(
                by.caller(), alias, request.purposeOfUse().purpose(), request.recipient());
    }

    private static Optional<Refusal> refusal(
            ReleaseDecision decision, PresentedKey presented, UnwrapRequest request, Optional<Recipient> recipient) {
        if (!decision.isAllowed()) {
            return Optional.of(new Refusal.Forbidden());
        }
        if (recipient.isEmpty()) {
            return Optional.of(new Refusal.UnknownRecipient(request.recipient()));
        }
        return presented.destroyed();
    }

    private DataKeyLeaves leaves(Requester by, UnwrapRequest request, PresentedKey presented, Decision decision) {
        Subject.DataKey subject = presented.subject(
                request.wrapped(),
                Optional.of(request.recipient()),
                Optional.of(request.purposeOfUse().purpose().code()));
        return DataKeyLeaves.of(UNWRAP_DATA_KEY, by, subject, decision, clock);
    }

    private CompletionStage<Answer> carryOut(
            Requester by,
            ReleaseDecision decision,
            DataKeyLeaves leaves,
            PresentedKey presented,
            UnwrapRequest request,
            Recipient recipient) {
        Function<Intent<ReleaseDataKey>, CompletionStage<DataKeyResult>> work = intent -> gate.untilOneCan(
                presented.tokens(),
                token -> checkAndRelease(intent, token, presented, request, recipient),
                Refusal.UnknownRecipient.class::isInstance);
        var use = new ReleaseDataKey(presented.key(), recipient);
        Purpose purpose = request.purposeOfUse().purpose();
        if (!purpose.isEmergency()) {
            return recorded.carryOut(leaves, use, work);
        }
        Duration window = decision.emergencyWindow().orElseThrow();
        var emergency = new EmergencyRequest(
                by.caller().fullName(), presented.key().alias(), purpose, request.justification(), window);
        return recorded.carryOut(leaves, use, emergency, work);
    }

    /** The token that releases it has checked it: what another one checked would be a word for it. */
    private CompletionStage<DataKeyResult> checkAndRelease(
            Intent<ReleaseDataKey> intent,
            TokenLabel token,
            PresentedKey presented,
            UnwrapRequest request,
            Recipient recipient) {
        return authenticity
                .check(intent, token, presented, request.context())
                .thenCompose(flaw -> flaw.isPresent()
                        ? completedStage(new Refusal.WrappedKeyInvalid(flaw.get()))
                        : release(intent, token, presented, request, recipient));
    }

    private CompletionStage<DataKeyResult> release(
            Intent<ReleaseDataKey> intent,
            TokenLabel token,
            PresentedKey presented,
            UnwrapRequest request,
            Recipient recipient) {
        return gate.release(intent, token, presented.blob(token)).thenApply(released -> switch (released) {
            case ReleasedKey dataKey ->
                new DataKeyResult.Released(
                        request.wrapped(),
                        presented.key().version(),
                        gate.recorded(token),
                        recipient.name(),
                        dataKey.alg(),
                        Base64Url.encode(dataKey.encryptedKey()),
                        false);
            case NotAWrappedKey() -> new Refusal.WrappedKeyInvalid(Refusal.Flaw.NOT_UNWRAPPABLE);
            case RecipientNotTrusted() -> new Refusal.UnknownRecipient(recipient.name());
        });
    }
}
