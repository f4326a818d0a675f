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

    /** Completes when no request is at this block, whatever became of it. */
    CompletionStage<?> ended(ChainName chain, Height height) {
        return Optional.ofNullable(turns.get(new Block(chain, height)))
                .map(turn -> turn.ended)
                .orElseGet(() -> CompletableFuture.completedFuture(true));
    }

    /** One request's turn at a block. */
    final class Turn {
        private final Block block;
        private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

        private Turn(Block block) {
            this.block = block;
        }

        /** In the transaction that claims the block; may be called again where that is run again. */
        void begin() {
            turns.put(block, this);
        }

        void end() {
            turns.remove(block, this);
            ended.complete(true);
        }
    }
}
