package org.sealkeeper.ledger.signing;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.gate.Decisions;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.ledger.BatchBounds;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.signing.Admission.Admitted;
import org.sealkeeper.rollback.StartConfirmation;

/**
 * Signs blocks: claim, then sign, then keep, then reply; and tells the audit log of each step in the transaction that makes it
 * true.
 *
 * <p>If we crash after the claim, the height stays this block's and the same request gets its signature later, over the same
 * statement. If we crash after the token signed, no caller was told that signature. If we crash after it was kept, a replay
 * answers it byte for byte.
 */
public final class BlockSigner implements AutoCloseable {
    private final Admission admission;
    private final AuditLog audit;
    private final StartConfirmation confirmation;
    private final SingleSigning singly;
    private final BatchSigning together;
    private final Map<KeyAlias, BatchCollector> collectors;
    private final SigningMetrics metrics;

    /** @param confirmation without which nothing is claimed */
    public BlockSigner(
            Chains chains,
            KeyRing keys,
            Decisions decisions,
            Gate gate,
            AuditLog audit,
            StartConfirmation confirmation,
            InstantSource clock,
            SigningMetrics metrics) {
        var underWay = new BlocksUnderWay();
        this.admission = new Admission(chains, keys, decisions, clock);
        this.audit = audit;
        this.confirmation = confirmation;
        this.singly = new SingleSigning(keys, gate, audit, underWay, confirmation, clock);
        this.together = new BatchSigning(keys, gate, audit, underWay, confirmation, clock);
        this.collectors = chains.all().stream()
                .filter(chain -> chain.batches().isPresent())
                .collect(Collectors.toUnmodifiableMap(Chain::signingKey, this::collector, (one, same) -> one));
        this.metrics = metrics;
    }

    private BatchCollector collector(Chain chain) {
        BatchBounds bounds = chain.batches().orElseThrow();
        long patience = bounds.patience().toMillis();
        return new BatchCollector(
                together,
                chain.signingKey(),
                bounds,
                CompletableFuture.delayedExecutor(patience, TimeUnit.MILLISECONDS));
    }

    /** Fails only with a {@link Fault}; the claim may then be durable, and asking again is safe. */
    public CompletionStage<SigningOutcome> sign(SigningRequest request) {
        return decide(request, this::sign);
    }

    private CompletionStage<SigningOutcome> sign(Admitted admitted) {
        Chain chain = admitted.chain();
        return chain.batches().isPresent()
                ? Objects.requireNonNull(collectors.get(chain.signingKey())).add(admitted)
                : singly.sign(admitted);
    }

    /**
     * Signs many blocks, with one signature for all that one key signs. Each outcome is that of its request alone.
     *
     * @param requests those of one chain in the order of their heights
     * @return in the order of the requests; each as {@link #sign} has it
     */
    public List<CompletionStage<SigningOutcome>> signTogether(List<SigningRequest> requests) {
        Map<KeyAlias, List<Asked>> batches = new LinkedHashMap<>();
        List<CompletionStage<SigningOutcome>> outcomes = requests.stream()
                .map(request -> decide(request, admitted -> {
                    var asked = new Asked(admitted);
                    batches.computeIfAbsent(admitted.chain().signingKey(), none -> new ArrayList<>())
                            .add(asked);
                    return asked.outcome();
                }))
                .toList();
        for (List<Asked> batch : batches.values()) {
            var _ = together.sign(batch.getFirst().admitted().chain().signingKey(), batch);
        }
        return outcomes;
    }

    /** Fails what waits to be signed with others, and what is asked for from now on to be. */
    @Override
    public void close() {
        collectors.values().forEach(BatchCollector::close);
    }

    /** Signs, from its kept statement, a claim that has no signature: a crash or the token came between. */
    CompletionStage<SigningOutcome> finish(Chain chain, BlockRecord block) {
        return singly.finish(chain, block);
    }

    private CompletionStage<SigningOutcome> decide(
            SigningRequest request, Function<Admitted, CompletionStage<SigningOutcome>> signing) {
        CompletionStage<SigningOutcome> outcome = switch (admission.judge(request)) {
            case Admission.Refused(var leaves, var refusal) -> leaves.refuse(refusal, audit);
            case Admitted admitted ->
                confirmation
                        .awaited()
                        .<CompletionStage<SigningOutcome>>map(CompletableFuture::failedStage)
                        .orElseGet(() -> signing.apply(admitted));
        };
        return outcome.whenComplete((ended, failure) -> metrics.count(ended));
    }
}
