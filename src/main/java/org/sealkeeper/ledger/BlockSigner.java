package org.sealkeeper.ledger;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.kernel.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.store.Store;
import org.sealkeeper.verify.CompactJws;
import org.sealkeeper.verify.JwsHeader;

/**
 * Signs blocks: claim, then sign, then keep, then reply.
 *
 * <p>If we crash after the claim, the height stays this block's and the same request gets its signature later, over the same
 * statement. If we crash after the token signed, that signature was told to nobody. If we crash after it was kept, a replay
 * answers it byte for byte.
 */
public final class BlockSigner {
    private final Chains chains;
    private final KeyRing keys;
    private final Store store;
    private final ChainGuard guard;
    private final InstantSource clock;
    private final SigningMetrics metrics;

    public BlockSigner(Chains chains, KeyRing keys, Store store, InstantSource clock, SigningMetrics metrics) {
        this.chains = chains;
        this.keys = keys;
        this.store = store;
        this.guard = new ChainGuard(store);
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Fails only with a {@link org.sealkeeper.kernel.Fault}; the claim may then be durable, and asking again is safe. */
    CompletionStage<SigningOutcome> sign(CallerId caller, ChainName name, BlockRequest request) {
        return decide(caller, name, request).whenComplete((outcome, failure) -> metrics.count(outcome));
    }

    private CompletionStage<SigningOutcome> decide(CallerId caller, ChainName name, BlockRequest request) {
        Optional<Chain> chain = chains.named(name);
        if (chain.isEmpty()) {
            return completedStage(new Refusal.UnknownChain(name));
        }
        Optional<Refusal> refusal = whyItIsNotClaimed(chain.get(), caller, request);
        if (refusal.isPresent()) {
            return completedStage(refusal.get());
        }
        return guard.claim(chain.get(), request, proposed(chain.get(), caller, request))
                .thenCompose(ruling -> follow(chain.get(), ruling));
    }

    private static Optional<Refusal> whyItIsNotClaimed(Chain chain, CallerId caller, BlockRequest request) {
        if (!chain.maySign(caller)) {
            return Optional.of(new Refusal.Forbidden());
        }
        int expected = chain.hashLength();
        int previous = request.previousHash().lengthInBytes();
        int block = request.blockHash().lengthInBytes();
        if (previous != expected) {
            return Optional.of(new Refusal.WrongHashLength("previousHash", expected, previous));
        }
        return block == expected
                ? Optional.empty()
                : Optional.of(new Refusal.WrongHashLength("blockHash", expected, block));
    }

    private BlockRecord proposed(Chain chain, CallerId caller, BlockRequest request) {
        var statement = new BlockStatement(
                chain.name(),
                request.height(),
                request.previousHash(),
                request.blockHash(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return new BlockRecord(statement, caller, Optional.empty());
    }

    private CompletionStage<SigningOutcome> follow(Chain chain, Ruling ruling) {
        return switch (ruling) {
            case Ruling.Claimed(BlockRecord block) -> signAndKeep(chain, block);
            case Ruling.Replayed(BlockRecord block) -> replay(chain, block);
            case Refusal refusal -> completedStage(refusal);
        };
    }

    private CompletionStage<SigningOutcome> replay(Chain chain, BlockRecord block) {
        return block.signature().isPresent()
                ? completedStage(signed(block, block.signature().get(), true))
                : signAndKeep(chain, block);
    }

    /** The reply waits until the signature is durable: a replay after a crash must give the identical one. */
    private CompletionStage<SigningOutcome> signAndKeep(Chain chain, BlockRecord block) {
        CataloguedKey key = chain.signingKey();
        SigningAlgorithm algorithm = key.verificationKey().algorithm();
        byte[] input = CompactJws.signingInput(
                new JwsHeader(algorithm, key.keyId(), BlockStatement.TYPE),
                block.statement().canonicalJson());
        return keys.sign(key, KeyPurpose.BLOCK_SIGNING, input)
                .thenCompose(signature ->
                        keep(block, new KeptSignature(key.keyId(), algorithm, CompactJws.assemble(input, signature))))
                .thenApply(kept -> signed(block, kept, false));
    }

    private CompletionStage<KeptSignature> keep(BlockRecord block, KeptSignature signature) {
        var statement = block.statement();
        return store.write(
                rows -> new BlockTable(rows).keepFirstSignature(statement.chain(), statement.height(), signature));
    }

    private static SigningOutcome signed(BlockRecord block, KeptSignature kept, boolean replay) {
        return new SigningOutcome.Signed(SignedBlock.of(block.statement(), kept), replay);
    }
}
