package org.sealkeeper.ledger.door;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.SignedBlock;

/**
 * Some signed blocks of a chain.
 *
 * @param next the {@code from} of the next page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record BlockPage(List<SignedBlock> blocks, Optional<Height> next) {

    static BlockPage of(List<SignedBlock> blocks, int limit) {
        return new BlockPage(
                blocks,
                blocks.size() < limit
                        ? Optional.empty()
                        : Optional.of(blocks.getLast().height().next()));
    }
}
