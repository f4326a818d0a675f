package org.sealkeeper.envelope;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.sealkeeper.audit.Operation.GENERATE_DATA_KEY;

import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.gate.DataKeyGate;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.hsm.DataKeyOutcome.NewDataKey;
import org.sealkeeper.hsm.DataKeyOutcome.RecipientNotTrusted;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.Recipient;
import org.sealkeeper.policy.Operation;

/** Has the token make data keys, and binds each to its record. */
final class DataKeyMaker {
    private final Gate gate;
    private final DataKeyGate keyGate;
    private final KeyEncryptionKeys keys;
    private final RecordedUse recorded;
    private final InstantSource clock;
    private final String alg;

    /** @param alg the JWE {@code alg} of what the token encrypts to recipients */
    DataKeyMaker(
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
        this.clock = clock;
        this.alg = alg;
    }

    /** Fails only with a {@link org.sealkeeper.kernel.Fault}; a data key may then have been made, and is known to nobody. */
    CompletionStage<Answer> make(Requester by, GenerateRequest request) {
        Decision decision =
                gate.decide(by.caller(), Operation.GENERATE_DATA_KEY, request.key(), Optional.of(request.recipient()));
        DataKeyLeaves leaves = leaves(by, request, decision);
        if (!decision.isAllowed()) {
            return recorded.refuse(leaves, new Refusal.Forbidden());
        }
        Optional<KeyEncryptionKey> key = keys.active(request.key());
        if (key.isEmpty()) {
            return recorded.refuse(leaves, new Refusal.UnknownKey(request.key()));
        }
        Optional<Recipient> recipient = keys.recipient(request.recipient());
        return recipient.isEmpty()
                ? recorded.refuse(leaves, new Refusal.UnknownRecipient(request.recipient()))
                : recorded.carryOut(
                        leaves,
                        intent -> make(
                                intent,
                                key.get(),
                                recipient.get(),
                                request.context().context()));
    }

    private DataKeyLeaves leaves(Requester by, GenerateRequest request, Decision decision) {
        var subject = new Subject.DataKey(
                request.key(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(request.recipient()),
                Optional.empty(),
                OptionalLong.empty());
        return DataKeyLeaves.of(GENERATE_DATA_KEY, by, subject, decision, clock);
    }

    private CompletionStage<DataKeyResult> make(
            Intent intent, KeyEncryptionKey key, Recipient recipient, Context context) {
        return keyGate.generate(intent, key, recipient).thenCompose(made -> switch (made) {
            case NewDataKey dataKey -> bind(intent, key, recipient, context, dataKey);
            case RecipientNotTrusted() -> completedStage(new Refusal.UnknownRecipient(recipient.name()));
        });
    }

    private CompletionStage<DataKeyResult> bind(
            Intent intent, KeyEncryptionKey key, Recipient recipient, Context context, NewDataKey made) {
        WrappedKey wrapped = WrappedKey.of(key.alias(), key.version(), made.wrapped());
        String encryptedKey = Base64.getUrlEncoder().withoutPadding().encodeToString(made.encryptedKey());
        return keyGate.authenticate(intent, key, wrapped.message(context))
                .thenApply(tag -> new DataKeyResult.Released(
                        wrapped.text(tag), key.version(), recipient.name(), alg, encryptedKey, true));
    }
}
