package org.sealkeeper.ledger.signing;

import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;

/** Tells a caller why its block is not signed. */
public final class RefusalProblem {
    private static final ProblemType UNKNOWN_CHAIN =
            new ProblemType("unknown-chain", 404, "No chain of this name is declared");
    private static final ProblemType CONFLICTING_BLOCK =
            new ProblemType("conflicting-block", 409, "Another block holds this height");
    private static final ProblemType BROKEN_LINK =
            new ProblemType("broken-link", 409, "The previous hash is not that of the block below");
    private static final ProblemType HEIGHT_GAP =
            new ProblemType("height-gap", 409, "The height is above the next one of its chain");
    private static final ProblemType HEIGHT_REGRESSION =
            new ProblemType("height-regression", 409, "The height is too low to be signed any more");
    private static final ProblemType PREDECESSOR_UNSIGNED =
            new ProblemType("predecessor-unsigned", 409, "The block below is claimed and has no signature yet");
    private static final ProblemType CHAIN_CLOSED =
            new ProblemType("chain-closed", 409, "The chain goes on at another appliance");
    private static final ProblemType HEIGHT_ABOVE_CEILING =
            new ProblemType("height-above-ceiling", 409, "The height is above the ceiling of its chain");

    private static final ProblemType KEY_INACTIVE =
            new ProblemType("key-inactive", 503, "No version of the chain's key signs now");

    private RefusalProblem() {}

    public static Problem of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.UnknownChain(var chain) -> Problem.of(UNKNOWN_CHAIN, "no chain '" + chain + "' is declared");
            case Refusal.Forbidden() -> Problem.forbidden();
            case Refusal.KeyInactive(var key) ->
                Problem.of(KEY_INACTIVE, "no version of the key '" + key + "' signs now; nothing was begun");
            case Refusal.WrongHashLength(var field, var expected, var found) ->
                Problem.invalid(field, "expected a hash of " + expected + " bytes on this chain, found " + found);
            case Refusal.ConflictingBlock(var height, var signedHash) ->
                Problem.of(CONFLICTING_BLOCK, "height " + height + " is held by another block")
                        .with("signedHash", signedHash.hex());
            case Refusal.BrokenLink(var height, var expected) ->
                Problem.of(BROKEN_LINK, "expected at height " + height + " the previous hash " + expected)
                        .with("expectedPreviousHash", expected.hex());
            case Refusal.HeightGap(var expected) ->
                Problem.of(HEIGHT_GAP, "expected height " + expected + " next")
                        .with("expectedHeight", expected.value());
            case Refusal.HeightRegression(var bound) ->
                Problem.of(HEIGHT_REGRESSION, "nothing unsigned may be signed any more below height " + bound)
                        .with("lowestHeight", bound.value());
            case Refusal.ChainClosed(var handedOverTo) ->
                Problem.of(CHAIN_CLOSED, "this chain was handed over to the appliance of the log " + handedOverTo)
                        .with("handedOverTo", handedOverTo.value());
            case Refusal.HeightAboveCeiling(var ceiling) ->
                Problem.of(HEIGHT_ABOVE_CEILING, "nothing above height " + ceiling + " is signed on this chain")
                        .with("ceiling", ceiling.value());
            case Refusal.PredecessorUnsigned(var height, var blockHash) ->
                Problem.of(
                                PREDECESSOR_UNSIGNED,
                                "send the block at height " + height
                                        + " again first: it is claimed and has no signature yet")
                        .with("predecessorHeight", height.value())
                        .with("predecessorHash", blockHash.hex());
        };
    }
}
