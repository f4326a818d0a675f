package org.sealkeeper.ledger.handover;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.ledger.ChainTops;
import org.sealkeeper.ledger.Handover;
import org.sealkeeper.ledger.Handover.Direction;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.Rows;

/**
 * Opens chains here that another appliance closed for this one. Only ever raises a head; whatever contradicts what this store knows is refused.
 *
 * @param statements what is said of the chains, proven and believed
 * @param from the log of the appliance that closed them
 */
public record Opening(List<HandoverStatement> statements, Origin from, Instant now) {
    /**
     * A chain that goes on here.
     *
     * @param isNew whether this transaction opened it, and not an earlier one of the same file
     */
    public record Opened(HandoverStatement statement, boolean isNew) {}

    public Opening {
        statements = List.copyOf(statements);
    }

    /** Opens all of them, or none. */
    public HandoverOutcome<Opened> open(Rows rows) throws SQLException {
        var known = new KnownHandovers(rows);
        List<Opened> opened = new ArrayList<>();
        for (HandoverStatement statement : statements) {
            boolean isNew = !known.isLast(statement.about(from));
            Optional<String> why = isNew ? known.whyItContradicts(statement) : Optional.empty();
            if (why.isPresent()) {
                return new HandoverOutcome.Refused<>("chain " + statement.chain() + ": " + why.get());
            }
            opened.add(new Opened(statement, isNew));
        }
        for (Opened chain : opened) {
            if (chain.isNew()) {
                open(rows, chain.statement());
            }
        }
        return new HandoverOutcome.Done<>(opened);
    }

    /**
     * As if its highest block had been signed here. A claim below it that has no signature is given up: another block of its height may have
     * been signed.
     */
    private void open(Rows rows, HandoverStatement statement) throws SQLException {
        ChainTops tops = ChainTops.of(rows);
        tops.giveUpClaims(statement.chain(), statement.head());
        Optional<Head> here = tops.head(statement.chain());
        if (here.isEmpty() || statement.head().isAbove(here.get())) {
            tops.moveHead(statement.chain(), statement.head());
        }
        Leaf opened =
                Leaf.ofCommand(now, Operation.OPEN_CHAIN, statement.about(from).subject());
        long leaf = new Leaves(rows).append(opened);
        tops.handOver(statement.chain(), new Handover(statement.number(), Direction.HERE, from, leaf, now));
    }
}
