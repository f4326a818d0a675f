package org.sealkeeper.ledger.signing;

import static java.util.concurrent.CompletableFuture.failedStage;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.KeptSignature;
import org.sealkeeper.ledger.Sequence;
import org.sealkeeper.ledger.SignedBlock;
import org.sealkeeper.policy.Operation;
import org.sealkeeper.rollback.AwaitingWitness;
import org.sealkeeper.rollback.StartConfirmation;
import org.sealkeeper.store.Store;
import org.sealkeeper.verify.CompactJws;
import org.sealkeeper.verify.JwsHeader;

/**
 * Signs blocks: claim, then sign, then keep, then reply; and tells the audit log of each step in the transaction that makes it
 * true.
 *
 * <p>If we crash after the claim, the height stays this block's and the same request gets its signature later, over the same
 * statement. If we crash after the token signed, that signature was told to nobody. If we crash after it was kept, a replay
 * answers it byte for byte.
 */
public final class BlockSigner {
    private final Chains chains;
    private final Gate gate;
    private final Store store;
    private final AuditLog audit;
    private final StartConfirmation confirmation;
    private final InstantSource clock;
    private final SigningMetrics metrics;
    private final BlocksUnderWay underWay = new BlocksUnderWay();

    /** @param confirmation without which nothing is claimed */
    public BlockSigner(
            Chains chains,
            Gate gate,
            Store store,
            AuditLog audit,
            StartConfirmation confirmation,
            InstantSource clock,
            SigningMetrics metrics) {
        this.chains = chains;
        this.gate = gate;
        this.store = store;
        this.audit = audit;
        this.confirmation = confirmation;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Fails only with a {@link Fault}; the claim may then be durable, and asking again is safe. */
    public CompletionStage<SigningOutcome> sign(SigningRequest request) {
        return decide(request).whenComplete((outcome, failure) -> metrics.count(outcome));
    }

    private CompletionStage<SigningOutcome> decide(SigningRequest request) {
        Optional<Chain> declared = chains.named(request.chain());
        if (declared.isEmpty()) {
            return refuse(SigningLeaves.onUnknownChain(request, clock), new Refusal.UnknownChain(request.chain()));
        }
        Chain chain = declared.get();
        Decision decision = gate.decide(
                request.caller(),
                Operation.SIGN_BLOCK,
                chain.name(),
                request.block().height());
        SigningLeaves leaves = SigningLeaves.on(chain, request, decision, clock);
        Optional<Refusal> refusal =
                decision.isAllowed() ? whyItDoesNotFit(chain, request) : Optional.of(new Refusal.Forbidden());
        if (refusal.isPresent()) {
            return refuse(leaves, refusal.get());
        }
        Optional<AwaitingWitness> awaited = confirmation.awaited();
        return awaited.isPresent()
                ? failedStage(awaited.get())
                : claim(chain, request, leaves).thenCompose(claim -> follow(chain, claim, leaves));
    }

    private CompletionStage<SigningOutcome> refuse(SigningLeaves leaves, Refusal refusal) {
        return audit.refuse(leaves.refused(refusal)).thenApply(index -> refusal);
    }

    private static Optional<Refusal> whyItDoesNotFit(Chain chain, SigningRequest request) {
        int expected = chain.hashLength();
        int previous = request.block().previousHash().lengthInBytes();
        int block = request.block().blockHash().lengthInBytes();
        if (previous != expected) {
            return Optional.of(new Refusal.WrongHashLength("previousHash", expected, previous));
        }
        return block == expected
                ? Optional.empty()
                : Optional.of(new Refusal.WrongHashLength("blockHash", expected, block));
    }

    /** The guard's ruling, durable together with its leaf unless it is a refusal, which makes nothing true; and the intent and the turn, where something is to be signed. */
    private record Claim(Ruling ruling, Optional<Intent> intent, BlocksUnderWay.Turn turn) {}

    private CompletionStage<Claim> claim(Chain chain, SigningRequest request, SigningLeaves leaves) {
        BlockRecord proposed = proposed(request);
        BlocksUnderWay.Turn turn = underWay.turn(chain.name(), request.block().height());
        return store.<Claim>write(rows -> {
                    Ruling ruling = ChainGuard.rule(new BlockTable(rows), chain, request.block(), proposed, underWay);
                    if (ruling instanceof Refusal) {
                        return new Claim(ruling, Optional.empty(), turn);
                    }
                    Leaf leaf = leaves.of(ruling);
                    if (leaf.outcome() == Outcome.BEGUN) {
                        turn.begin();
                        return new Claim(ruling, Optional.of(gate.begin(rows, leaf)), turn);
                    }
                    audit.append(rows, leaf);
                    return new Claim(ruling, Optional.empty(), turn);
                })
                .whenComplete((claim, failure) -> {
                    if (failure != null) {
                        turn.end();
                    }
                });
    }

    /** Signs, from its kept statement, a claim that has no signature: a crash or the token came between. */
    CompletionStage<SigningOutcome> finish(Chain chain, BlockRecord block) {
        SigningLeaves leaves = SigningLeaves.finishing(chain, block.statement(), clock);
        BlocksUnderWay.Turn turn = underWay.turn(chain.name(), block.statement().height());
        return store.write(rows -> gate.begin(rows, leaves.begun()))
                .thenCompose(intent -> signAndKeep(chain, block, intent, leaves, turn));
    }

    private BlockRecord proposed(SigningRequest request) {
        var statement = new BlockStatement(
                request.chain(),
                request.block().height(),
                request.block().previousHash(),
                request.block().blockHash(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return new BlockRecord(statement, request.caller().name(), Optional.empty());
    }

    private CompletionStage<SigningOutcome> follow(Chain chain, Claim claim, SigningLeaves leaves) {
        return switch (claim.ruling()) {
            case Ruling.Claimed(BlockRecord block) ->
                signAndKeep(chain, block, claim.intent().orElseThrow(), leaves, claim.turn());
            case Ruling.Replayed(BlockRecord block) ->
                block.signature().isPresent()
                        ? CompletableFuture.completedStage(
                                signed(block, block.signature().get(), true))
                        : signAndKeep(chain, block, claim.intent().orElseThrow(), leaves, claim.turn());
            case Refusal refusal -> refuse(leaves, refusal);
        };
    }

    /**
     * The reply waits until the signature is durable: a replay after a crash must give the identical one. And it is kept after that of
     * the block below, which may be under way beside it.
     */
    private CompletionStage<SigningOutcome> signAndKeep(
            Chain chain, BlockRecord block, Intent intent, SigningLeaves leaves, BlocksUnderWay.Turn turn) {
        CataloguedKey key = chain.signingKey();
        SigningAlgorithm algorithm = key.verificationKey().algorithm();
        byte[] input = CompactJws.signingInput(
                new JwsHeader(algorithm, key.keyId(), BlockStatement.TYPE),
                block.statement().canonicalJson());
        return gate.sign(intent, key, KeyPurpose.BLOCK_SIGNING, input)
                .exceptionallyCompose(failure -> recordFailure(failure, intent.leaf(), leaves))
                .thenApply(signature -> new KeptSignature(
                        key.keyId(), algorithm, CompactJws.assemble(input, signature), OptionalLong.empty()))
                .thenCompose(made -> predecessorEnded(chain, block)
                        .thenCompose(ended -> keep(chain, block, made, intent.leaf(), leaves)))
                .whenComplete((outcome, failure) -> turn.end());
    }

    private CompletionStage<?> predecessorEnded(Chain chain, BlockRecord block) {
        return hasPredecessor(chain, block)
                ? underWay.ended(chain.name(), block.statement().height().previous())
                : CompletableFuture.completedStage(true);
    }

    private static boolean hasPredecessor(Chain chain, BlockRecord block) {
        return chain.sequence() == Sequence.CONTIGUOUS
                && block.statement().height().value() > 0;
    }

    /** What the caller learns is the token's fault, also where its leaf cannot be written. */
    private CompletionStage<byte[]> recordFailure(Throwable failure, long begun, SigningLeaves leaves) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof Fault fault)) {
            return failedStage(cause);
        }
        return audit.append(leaves.failed(begun, fault))
                .handle((index, lost) -> index)
                .thenCompose(ignored -> failedStage(fault));
    }

    /** The first signature of a block is kept for ever; whoever brings a second one is given the first. */
    private CompletionStage<SigningOutcome> keep(
            Chain chain, BlockRecord block, KeptSignature made, long begun, SigningLeaves leaves) {
        var height = block.statement().height();
        return store.write(rows -> {
            var table = new BlockTable(rows);
            Optional<KeptSignature> first = table.block(chain.name(), height).flatMap(BlockRecord::signature);
            if (first.isPresent()) {
                audit.append(rows, leaves.replayed(OptionalLong.of(begun)));
                return signed(block, first.get(), true);
            }
            if (hasPredecessor(chain, block) && !table.isSigned(chain, height.previous())) {
                var refusal = new Refusal.PredecessorUnsigned(
                        height.previous(), block.statement().previousHash());
                audit.append(rows, leaves.failed(begun, refusal));
                return refusal;
            }
            KeptSignature kept = made.recordedAt(audit.append(rows, leaves.signed(begun)));
            table.keepSignature(chain.name(), height, kept);
            return signed(block, kept, false);
        });
    }

    private static SigningOutcome signed(BlockRecord block, KeptSignature kept, boolean replay) {
        return new SigningOutcome.Signed(SignedBlock.of(block.statement(), kept), replay);
    }
}
