package org.sealkeeper.ledger.signing;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.gate.Beginning;
import org.sealkeeper.gate.Begun;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.gate.KeyUse.SignBlock;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.ChainTops;
import org.sealkeeper.ledger.KeptSignature;
import org.sealkeeper.ledger.signing.Admission.Admitted;
import org.sealkeeper.rollback.StartConfirmation;
import org.sealkeeper.verify.CompactJws;
import org.sealkeeper.verify.JwsHeader;

/** Signs one block with a signature of its own. */
record SingleSigning(
        KeyRing keys,
        Gate gate,
        AuditLog audit,
        BlocksUnderWay underWay,
        StartConfirmation confirmation,
        InstantSource clock) {

    /** The guard's ruling, durable together with its leaf unless it is a refusal, which makes nothing true. */
    private record Claim(Ruling ruling, BlocksUnderWay.Turn turn) {}

    /** Signs; once more with another pair where a token failed: what is claimed stays claimed, and is signed then. */
    CompletionStage<SigningOutcome> sign(Admitted admitted) {
        return keys.untilOneSigns(
                admitted.chain().signingKey(), pair -> claimAndSign(admitted, pair, tell(admitted.leaves(), pair)));
    }

    private CompletionStage<SigningOutcome> claimAndSign(Admitted admitted, CataloguedKey key, SigningLeaves leaves) {
        return claim(admitted, key, leaves).thenCompose(begun -> follow(admitted.chain(), begun, key, leaves));
    }

    private SigningLeaves tell(SigningLeaves leaves, CataloguedKey pair) {
        return leaves.with(pair, keys.recordedToken(pair));
    }

    private CompletionStage<Begun<SignBlock, Claim>> claim(Admitted admitted, CataloguedKey key, SigningLeaves leaves) {
        Chain chain = admitted.chain();
        BlockRecord proposed = admitted.proposed(clock);
        BlocksUnderWay.Turn turn =
                underWay.turn(chain.name(), proposed.statement().height());
        return gate.<SignBlock, Claim>begin(rows -> {
                    confirmation.requireGiven();
                    Ruling ruling = ChainGuard.rule(
                            ChainTops.of(rows), chain, admitted.request().block(), proposed, underWay);
                    var claim = new Claim(ruling, turn);
                    if (ruling instanceof Refusal) {
                        return Beginning.none(claim);
                    }
                    Leaf leaf = leaves.of(ruling);
                    if (leaf.outcome() == Outcome.BEGUN) {
                        turn.begin();
                        return Beginning.of(claim, leaf, new SignBlock(key));
                    }
                    audit.append(rows, leaf);
                    return Beginning.none(claim);
                })
                .whenComplete((claim, failure) -> {
                    if (failure != null) {
                        turn.end(false);
                    }
                });
    }

    /** Signs, from its kept statement, a claim that has no signature: a crash or the token came between. */
    CompletionStage<SigningOutcome> finish(Chain chain, BlockRecord block) {
        SigningLeaves leaves = SigningLeaves.finishing(block.statement(), clock);
        return keys.untilOneSigns(chain.signingKey(), pair -> finish(chain, block, pair, tell(leaves, pair)));
    }

    private CompletionStage<SigningOutcome> finish(
            Chain chain, BlockRecord block, CataloguedKey key, SigningLeaves leaves) {
        BlocksUnderWay.Turn turn = underWay.turn(chain.name(), block.statement().height());
        return gate.begin(rows -> Beginning.of(turn, leaves.begun(), new SignBlock(key)))
                .thenCompose(
                        begun -> signAndKeep(chain, block, key, begun.intent().orElseThrow(), leaves, turn));
    }

    private CompletionStage<SigningOutcome> follow(
            Chain chain, Begun<SignBlock, Claim> begun, CataloguedKey key, SigningLeaves leaves) {
        BlocksUnderWay.Turn turn = begun.finding().turn();
        return switch (begun.finding().ruling()) {
            case Ruling.Claimed(BlockRecord block) ->
                signAndKeep(chain, block, key, begun.intent().orElseThrow(), leaves, turn);
            case Ruling.Replayed(BlockRecord block) ->
                block.signature().isPresent()
                        ? completedStage(SigningOutcome.Signed.again(
                                block.statement(), block.signature().get()))
                        : signAndKeep(chain, block, key, begun.intent().orElseThrow(), leaves, turn);
            case Refusal refusal -> leaves.refuse(refusal, audit);
        };
    }

    /**
     * The reply waits until the signature is durable: a replay after a crash must give the identical one. And the store is given it after
     * that of the block below, which may be under way beside it: both may then become durable together, and never the upper one alone.
     */
    private CompletionStage<SigningOutcome> signAndKeep(
            Chain chain,
            BlockRecord block,
            CataloguedKey key,
            Intent<SignBlock> intent,
            SigningLeaves leaves,
            BlocksUnderWay.Turn turn) {
        return gate.carryOut(
                        intent,
                        allowed -> sign(block, key, allowed)
                                .thenCompose(made ->
                                        predecessorSubmitted(chain, block, turn).thenApply(below -> made)),
                        new SignatureKeeping(chain, block.statement(), leaves, turn))
                .whenComplete((outcome, failure) -> turn.end(outcome instanceof SigningOutcome.Signed));
    }

    private static CompletionStage<?> predecessorSubmitted(Chain chain, BlockRecord block, BlocksUnderWay.Turn turn) {
        return chain.hasPredecessor(block.statement().height()) ? turn.belowSubmitted() : completedStage(true);
    }

    private CompletionStage<KeptSignature> sign(BlockRecord block, CataloguedKey key, Intent<SignBlock> intent) {
        SigningAlgorithm algorithm = key.verificationKey().algorithm();
        byte[] input = CompactJws.signingInput(
                new JwsHeader(algorithm, key.keyId(), BlockStatement.TYPE),
                block.statement().canonicalJson());
        return gate.sign(intent, input)
                .thenApply(signature -> KeptSignature.unrecorded(
                        key.keyId(), algorithm, CompactJws.assemble(input, signature), Optional.empty()));
    }
}
