package org.sealkeeper.cli.store;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.rollback.ChainHeads;
import org.sealkeeper.rollback.RememberedHead;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.move.Difference;
import org.sealkeeper.store.move.MoveCheck;

/** Compares the heads of the copy's chains with the claims: none is above its chain's head, or another block at its height. */
final class HeadCheck implements MoveCheck {
    @Override
    public Optional<Difference> find(Store source, Store copy) {
        return copy.read(HeadCheck::firstDifference);
    }

    private static Optional<Difference> firstDifference(Rows rows) throws SQLException {
        for (Map.Entry<ChainName, RememberedHead> entry :
                Chains.heads(ChainHeads.NO_MOVE, rows).heads().entrySet()) {
            Head head = Head.of(entry.getValue());
            Optional<Head> claim = new BlockTable(rows).highestClaim(entry.getKey());
            if (claim.isPresent() && (claim.get().isAbove(head) || claim.get().isRivalOf(head))) {
                return Optional.of(new Difference(
                        "chain_head",
                        "chain " + entry.getKey(),
                        "expected the head at the highest claim, " + claim.get().height() + " "
                                + claim.get().hash().hex() + ", found " + head.height() + " "
                                + head.hash().hex()));
            }
        }
        return Optional.empty();
    }
}
