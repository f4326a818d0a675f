package org.sealkeeper.ledger.door;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.BlockRequest;

/**
 * Blocks of any chains, each judged and signed by itself.
 *
 * @param blocks 1 to {@value #MAX_BLOCKS}; those of one chain in order
 * @param mode how they are signed; {@code individual} where absent
 */
@Schema(requiredProperties = "blocks")
record BatchRequest(List<Item> blocks, Optional<Mode> mode) {
    static final int MAX_BLOCKS = 1_000;

    /** One block of a batch. */
    @Schema(
            name = "BatchItem",
            requiredProperties = {"chain", "height", "previousHash", "blockHash"})
    record Item(ChainName chain, Height height, BlockHash previousHash, BlockHash blockHash) {

        BlockRequest request() {
            return new BlockRequest(height, previousHash, blockHash);
        }
    }

    /** How a batch is signed. */
    enum Mode {
        /** One signature for each block. */
        @JsonProperty("individual")
        INDIVIDUAL,
        /** One signature of each key, over the tree of all that it signs. */
        @JsonProperty("merkle")
        MERKLE
    }

    Mode signedAs() {
        return mode.orElse(Mode.INDIVIDUAL);
    }

    boolean hasAllowedSize() {
        return !blocks.isEmpty() && blocks.size() <= MAX_BLOCKS;
    }
}
