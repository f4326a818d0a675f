package org.sealkeeper.envelope;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.sealkeeper.audit.Operation.GENERATE_DATA_KEY;

import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.encoding.Base64Url;
import org.sealkeeper.gate.Decisions;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.gate.KeyUse.MakeDataKey;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.MadeDataKey;
import org.sealkeeper.keys.Recipient;
import org.sealkeeper.policy.PolicyOperation;

/** Makes data keys in the token, and binds each to its record. */
final class DataKeyMaker {
    private final Decisions decisions;
    private final Gate gate;
    private final KeyEncryptionKeys keys;
    private final RecordedUse recorded;
    private final InstantSource clock;
    private final IncompleteDataKeys incomplete;

    DataKeyMaker(
            Decisions decisions,
            Gate gate,
            KeyEncryptionKeys keys,
            RecordedUse recorded,
            InstantSource clock,
            IncompleteDataKeys incomplete) {
        this.decisions = decisions;
        this.gate = gate;
        this.keys = keys;
        this.recorded = recorded;
        this.clock = clock;
        this.incomplete = incomplete;
    }

    /** Fails only with a {@link org.sealkeeper.kernel.Fault}; a data key may then have been made, and no caller has it. */
    CompletionStage<Answer> make(Requester by, GenerateRequest request) {
        Decision decision = decisions.decide(
                by.caller(), PolicyOperation.GENERATE_DATA_KEY, request.key(), Optional.of(request.recipient()));
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
                        new MakeDataKey(key.get(), recipient.get()),
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
            Intent<MakeDataKey> intent, KeyEncryptionKey key, Recipient recipient, Context context) {
        return gate.generate(intent)
                .thenCompose(made -> made.isPresent()
                        ? bind(intent, key, recipient, context, made.get())
                        : completedStage(new Refusal.UnknownRecipient(recipient.name())));
    }

    private CompletionStage<DataKeyResult> bind(
            Intent<MakeDataKey> intent, KeyEncryptionKey key, Recipient recipient, Context context, MadeDataKey made) {
        return gate.bind(
                        intent, made.wraps(), wraps -> WrappedKey.of(key, wraps).message(context))
                .thenApply(bound -> {
                    incomplete.made(key, bound.wraps());
                    return new DataKeyResult.Released(
                            WrappedKey.of(key, bound.wraps()).text(bound.tags()),
                            key.version(),
                            gate.recorded(made.maker()),
                            recipient.name(),
                            made.released().alg(),
                            Base64Url.encode(made.released().encryptedKey()),
                            true);
                });
    }
}
