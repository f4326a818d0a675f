package org.sealkeeper.ledger.signing;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;

/** The blocks this process is signing: claimed, with no signature kept yet. Safe for use by many threads. */
final class BlocksUnderWay {
    private final ConcurrentMap<Block, Turn> turns = new ConcurrentHashMap<>();

    private record Block(ChainName chain, Height height) {}

    /** A turn at a block, not begun yet. */
    Turn turn(ChainName chain, Height height) {
        return new Turn(new Block(chain, height));
    }

    boolean has(ChainName chain, Height height) {
        return turns.containsKey(new Block(chain, height));
    }

    /**
     * One request's turn at a block. It waits for the block below only where that was under way when it began: turns begin one after the
     * other, in transactions, so that no two ever wait for one another.
     */
    final class Turn {
        private final Block block;
        private final CompletableFuture<Boolean> submitted = new CompletableFuture<>();
        private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
        private volatile CompletableFuture<Boolean> belowSubmitted = CompletableFuture.completedFuture(true);
        private volatile CompletableFuture<Boolean> belowEnded = CompletableFuture.completedFuture(true);

        private Turn(Block block) {
            this.block = block;
        }

        /** In the transaction that claims the block; may be called again where that is run again. */
        void begin() {
            Optional<Turn> below = Optional.of(block.height)
                    .filter(height -> height.value() > 0)
                    .flatMap(height -> Optional.ofNullable(turns.get(new Block(block.chain, height.previous()))));
            belowSubmitted = below.map(turn -> turn.submitted).orElseGet(() -> CompletableFuture.completedFuture(true));
            belowEnded = below.map(turn -> turn.ended).orElseGet(() -> CompletableFuture.completedFuture(true));
            turns.put(block, this);
        }

        /**
         * Completes once what keeps the signature of the block below was given to the store, or never will be: what the store is given from
         * then on runs after it. Only the store can tell whether that block is signed. What has to wait goes on in another thread: of a thousand
         * blocks each would otherwise submit the next on one stack.
         */
        CompletionStage<Boolean> belowSubmitted() {
            return belowSubmitted.isDone() ? belowSubmitted : belowSubmitted.thenApplyAsync(below -> below);
        }

        /**
         * Completes once the turn at the block below, that had begun before this one, has ended.
         *
         * @return whether that block was signed by it; true where there was no such turn
         */
        CompletionStage<Boolean> belowEnded() {
            return belowEnded;
        }

        /** The store was given what keeps the signature. */
        void submitted() {
            submitted.complete(true);
        }

        /** @param signed whether the block has its signature now */
        void end(boolean signed) {
            turns.remove(block, this);
            submitted.complete(true);
            ended.complete(signed);
        }
    }
}
