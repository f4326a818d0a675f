package org.sealkeeper.ledger.signing;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.gate.Beginning;
import org.sealkeeper.gate.Begun;
import org.sealkeeper.gate.Decisions;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.gate.KeyUse.SignBlock;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.KeptSignature;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.rollback.AwaitingWitness;
import org.sealkeeper.rollback.StartConfirmation;
import org.sealkeeper.verify.CompactJws;
import org.sealkeeper.verify.JwsHeader;

/**
 * Signs blocks: claim, then sign, then keep, then reply; and tells the audit log of each step in the transaction that makes it
 * true.
 *
 * <p>If we crash after the claim, the height stays this block's and the same request gets its signature later, over the same
 * statement. If we crash after the token signed, no caller was told that signature. If we crash after it was kept, a replay
 * answers it byte for byte.
 */
public final class BlockSigner {
    private final Chains chains;
    private final Decisions decisions;
    private final Gate gate;
    private final AuditLog audit;
    private final StartConfirmation confirmation;
    private final InstantSource clock;
    private final SigningMetrics metrics;
    private final BlocksUnderWay underWay = new BlocksUnderWay();

    /** @param confirmation without which nothing is claimed */
    public BlockSigner(
            Chains chains,
            Decisions decisions,
            Gate gate,
            AuditLog audit,
            StartConfirmation confirmation,
            InstantSource clock,
            SigningMetrics metrics) {
        this.chains = chains;
        this.decisions = decisions;
        this.gate = gate;
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
        Decision decision = decisions.decide(
                request.caller(),
                PolicyOperation.SIGN_BLOCK,
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
                : claim(chain, request, leaves).thenCompose(begun -> follow(chain, begun, leaves));
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

    /** The guard's ruling, durable together with its leaf unless it is a refusal, which makes nothing true. */
    private record Claim(Ruling ruling, BlocksUnderWay.Turn turn) {}

    private CompletionStage<Begun<SignBlock, Claim>> claim(Chain chain, SigningRequest request, SigningLeaves leaves) {
        BlockRecord proposed = proposed(request);
        BlocksUnderWay.Turn turn = underWay.turn(chain.name(), request.block().height());
        return gate.<SignBlock, Claim>begin(rows -> {
                    Ruling ruling = ChainGuard.rule(new BlockTable(rows), chain, request.block(), proposed, underWay);
                    var claim = new Claim(ruling, turn);
                    if (ruling instanceof Refusal) {
                        return Beginning.none(claim);
                    }
                    Leaf leaf = leaves.of(ruling);
                    if (leaf.outcome() == Outcome.BEGUN) {
                        turn.begin();
                        return Beginning.of(claim, leaf, new SignBlock(chain.signingKey()));
                    }
                    audit.append(rows, leaf);
                    return Beginning.none(claim);
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
        return gate.begin(rows -> Beginning.of(turn, leaves.begun(), new SignBlock(chain.signingKey())))
                .thenCompose(begun -> signAndKeep(chain, block, begun.intent().orElseThrow(), leaves, turn));
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

    private CompletionStage<SigningOutcome> follow(Chain chain, Begun<SignBlock, Claim> begun, SigningLeaves leaves) {
        BlocksUnderWay.Turn turn = begun.finding().turn();
        return switch (begun.finding().ruling()) {
            case Ruling.Claimed(BlockRecord block) ->
                signAndKeep(chain, block, begun.intent().orElseThrow(), leaves, turn);
            case Ruling.Replayed(BlockRecord block) ->
                block.signature().isPresent()
                        ? completedStage(SigningOutcome.Signed.again(
                                block.statement(), block.signature().get()))
                        : signAndKeep(chain, block, begun.intent().orElseThrow(), leaves, turn);
            case Refusal refusal -> refuse(leaves, refusal);
        };
    }

    /**
     * The reply waits until the signature is durable: a replay after a crash must give the identical one. And it is kept after that of
     * the block below, which may be under way beside it.
     */
    private CompletionStage<SigningOutcome> signAndKeep(
            Chain chain, BlockRecord block, Intent<SignBlock> intent, SigningLeaves leaves, BlocksUnderWay.Turn turn) {
        return gate.carryOut(
                        intent,
                        allowed -> sign(chain, block, allowed)
                                .thenCompose(
                                        made -> predecessorEnded(chain, block).thenApply(ended -> made)),
                        new SignatureKeeping(chain, block.statement(), leaves))
                .whenComplete((outcome, failure) -> turn.end());
    }

    private CompletionStage<KeptSignature> sign(Chain chain, BlockRecord block, Intent<SignBlock> intent) {
        CataloguedKey key = chain.signingKey();
        SigningAlgorithm algorithm = key.verificationKey().algorithm();
        byte[] input = CompactJws.signingInput(
                new JwsHeader(algorithm, key.keyId(), BlockStatement.TYPE),
                block.statement().canonicalJson());
        return gate.sign(intent, input)
                .thenApply(signature -> new KeptSignature(
                        key.keyId(), algorithm, CompactJws.assemble(input, signature), OptionalLong.empty()));
    }

    private CompletionStage<?> predecessorEnded(Chain chain, BlockRecord block) {
        return chain.hasPredecessor(block.statement().height())
                ? underWay.ended(chain.name(), block.statement().height().previous())
                : completedStage(true);
    }
}
