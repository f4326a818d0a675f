package org.sealkeeper.ledger.handover;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.ledger.Sequence;
import org.sealkeeper.merkle.Origin;

/**
 * What is said of a chain when it is handed over.
 *
 * @param head the highest block that was signed
 * @param previousHash what that one links to; empty where the appliance that closed the chain does not know it
 * @param log of the appliance to which it is handed over; where it is opened, of that from which it comes
 * @param number counts the handovers of the chain, by whichever appliances; from 1
 */
public record HandoverStatement(
        ChainName chain, Head head, Optional<BlockHash> previousHash, Sequence sequence, Origin log, long number) {

    /**
     * Reads the leaf that closed or opened a chain.
     *
     * @throws IllegalArgumentException if the leaf says something else
     */
    static HandoverStatement parse(String leaf, Operation operation) {
        RecordedLeaf recorded = RecordedLeaf.parse(leaf.getBytes(StandardCharsets.UTF_8));
        if (!recorded.says(LeafField.OPERATION, operation.text())
                || !recorded.says(LeafField.OUTCOME, Outcome.DONE.text())
                || recorded.unknown().isPresent()) {
            throw new IllegalArgumentException("expected a leaf '" + operation.text() + "', found another");
        }
        try {
            return new HandoverStatement(
                    new ChainName(recorded.text(LeafField.CHAIN).orElseThrow()),
                    new Head(
                            new Height(recorded.number(LeafField.HEIGHT).orElseThrow()),
                            new BlockHash(recorded.text(LeafField.BLOCK_HASH).orElseThrow())),
                    recorded.text(LeafField.PREVIOUS_HASH).map(BlockHash::new),
                    Sequence.valueOf(
                            recorded.text(LeafField.SEQUENCE).orElseThrow().toUpperCase(Locale.ROOT)),
                    new Origin(recorded.text(LeafField.LOG).orElseThrow()),
                    recorded.number(LeafField.HANDOVER).orElseThrow());
        } catch (NoSuchElementException e) {
            throw new IllegalArgumentException("expected a leaf with all of a handover", e);
        }
    }

    /**
     * Makes sure that the chain was handed over to this appliance, and to no other.
     *
     * @param own the log of this appliance
     * @throws ConfigurationFault naming both logs
     */
    public void requireFor(Origin own) {
        if (!log.equals(own)) {
            throw new ConfigurationFault("chain " + chain + ": expected a handover to the appliance of the log " + own
                    + ", found one to that of " + log);
        }
    }

    /** The same, about another appliance. */
    HandoverStatement about(Origin other) {
        return new HandoverStatement(chain, head, previousHash, sequence, other, number);
    }

    Subject subject() {
        return new Subject.Handover(
                chain, head.height(), previousHash, head.hash(), sequence.name().toLowerCase(Locale.ROOT), log, number);
    }
}
