package org.sealkeeper.rollback;

import java.util.Optional;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.store.WritingStopped;

/**
 * Has a token that was away at the start remember what is signed, once it is there. What it remembers from before is compared with the store,
 * as at a start, and then replaced.
 *
 * @param first the record of the start, which does not name the token: it says less than the others do
 */
record MemoryReturn(
        Tokens tokens, TokenMemories memories, MemoryCopies copies, MemoryRecord first, TakingOver takingOver) {
    private static final System.Logger LOG = System.getLogger(MemoryReturn.class.getName());

    /** Looks once. */
    void look() {
        for (Hsm token : tokens.used()) {
            TokenLabel label = token.label();
            if (!copies.knows(label)) {
                try {
                    take(label, memories.memory(label));
                } catch (HsmFault | TokenInUse later) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "the token {0} does not remember yet what is signed: {1}",
                            label,
                            later.getMessage());
                }
            }
        }
    }

    private void take(TokenLabel label, TokenMemory memory) {
        if (!memory.isFree(first.place())) {
            return;
        }
        Recall seen = memory.recall();
        Optional<WritingStopped> stopped =
                seen.found().isEmpty() ? Optional.empty() : takingOver.judge().judge(seen);
        if (stopped.isPresent()) {
            takingOver.store().stopWriting(stopped.get());
            return;
        }
        copies.add(label, memory.take(seen, first).own());
        LOG.log(System.Logger.Level.INFO, "the token {0} is to remember what is signed", label);
    }
}
