package org.sealkeeper.ledger.handover;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.ChainTops;
import org.sealkeeper.ledger.Handover;
import org.sealkeeper.ledger.Handover.Direction;
import org.sealkeeper.ledger.HandoverTable;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.ledger.Sequence;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.Rows;

/**
 * Closes chains here, for another appliance to go on with them. What an appliance signs of them beside us, it claims before this transaction,
 * and then we refuse; or it finds them closed.
 *
 * @param chains with the sequences they are declared with
 * @param to the log of the other appliance
 */
public record Closing(Map<ChainName, Sequence> chains, Origin to, Instant now) {
    /** A chain that is closed, by this transaction or before; and by which leaf. */
    public record Closed(HandoverStatement statement, long leaf) {}

    /** The file by which they are handed over, once the log has their leaves. */
    public static HandoverFile file(List<Closed> closed, PublishedLog log) {
        return HandoverFile.of(log, closed.stream().map(Closed::leaf).toList());
    }

    /** Closes all of them, or none. Those that are closed already, for the same appliance, stay so by the same leaf. */
    public HandoverOutcome<Closed> close(Rows rows) throws SQLException {
        for (ChainName chain : chains.keySet()) {
            Optional<String> why = whyNot(rows, chain);
            if (why.isPresent()) {
                return new HandoverOutcome.Refused<>("chain " + chain + ": " + why.get());
            }
        }
        List<Closed> closed = new ArrayList<>();
        for (Map.Entry<ChainName, Sequence> chain : chains.entrySet()) {
            closed.add(close(rows, chain.getKey(), chain.getValue()));
        }
        return new HandoverOutcome.Done<>(closed);
    }

    private Optional<String> whyNot(Rows rows, ChainName chain) throws SQLException {
        if (ChainTops.of(rows).head(chain).isEmpty()) {
            return Optional.of("nothing was ever signed on it: declare it where it is to be signed, and no more here");
        }
        Optional<Handover> last = new HandoverTable(rows).last(chain).filter(Handover::isAway);
        if (last.isPresent() && !last.get().log().equals(to)) {
            return Optional.of("it was handed over to the appliance of the log "
                    + last.get().log()
                    + ", and comes back with a file of the appliance that has it now, by 'guard import'");
        }
        if (last.isPresent() && !last.get().isRecordedHere()) {
            return Optional.of(
                    "another appliance of the database closed it, whose log has the leaf: run this with its appliance.yaml");
        }
        return new BlockTable(rows)
                .lowestUnsigned(chain)
                .map(height ->
                        "height " + height + " is claimed and has no signature yet. Send that block again, or start "
                                + "the appliance, which signs it; then run this again");
    }

    private Closed close(Rows rows, ChainName chain, Sequence sequence) throws SQLException {
        Head head = ChainTops.of(rows).head(chain).orElseThrow();
        Optional<Handover> last = new HandoverTable(rows).last(chain);
        Optional<HandoverStatement> before =
                new KnownHandovers(rows).last(chain).filter(said -> said.head().equals(head));
        if (last.filter(Handover::isAway).isPresent() && before.isPresent()) {
            return new Closed(before.get(), last.get().leaf());
        }
        var statement = new HandoverStatement(
                chain,
                head,
                previousHash(rows, chain, head, before),
                sequence,
                to,
                last.map(Handover::number).orElse(0L) + 1);
        long leaf = new Leaves(rows).append(Leaf.ofCommand(now, Operation.CLOSE_CHAIN, statement.subject()));
        ChainTops.of(rows).handOver(chain, new Handover(statement.number(), Direction.AWAY, to, leaf, now));
        return new Closed(statement, leaf);
    }

    /** Of a block that was signed here, or at the appliance that handed the chain over. */
    private static Optional<BlockHash> previousHash(
            Rows rows, ChainName chain, Head head, Optional<HandoverStatement> before) throws SQLException {
        return ChainTops.of(rows)
                .block(chain, head.height())
                .map(block -> block.statement().previousHash())
                .or(() -> before.flatMap(HandoverStatement::previousHash));
    }
}
