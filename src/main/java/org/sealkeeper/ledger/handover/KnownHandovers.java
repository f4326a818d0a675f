package org.sealkeeper.ledger.handover;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.util.Optional;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.Handover;
import org.sealkeeper.ledger.HandoverTable;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.store.Rows;

/** What a store knows of chains and their handovers, as one transaction sees it. */
record KnownHandovers(Rows rows) {

    /** What was said at the last handover of a chain, where this appliance's log has it. */
    Optional<HandoverStatement> last(ChainName chain) throws SQLException {
        Optional<Handover> last = new HandoverTable(rows).last(chain).filter(Handover::isRecordedHere);
        return last.isEmpty() ? Optional.empty() : Optional.of(statement(last.get()));
    }

    private HandoverStatement statement(Handover last) throws SQLException {
        String leaf = new String(new Leaves(rows).entry(last.leaf()).orElseThrow(), UTF_8);
        return HandoverStatement.parse(leaf, last.isAway() ? Operation.CLOSE_CHAIN : Operation.OPEN_CHAIN);
    }

    /** Whether the chain goes on here by this very handover. */
    boolean isLast(HandoverStatement opened) throws SQLException {
        boolean isOpen = new HandoverTable(rows)
                .last(opened.chain())
                .filter(last -> !last.isAway())
                .isPresent();
        return isOpen && last(opened.chain()).filter(opened::equals).isPresent();
    }

    /** Why a chain must not be opened as the statement says; empty where nothing that is known here speaks against it. */
    Optional<String> whyItContradicts(HandoverStatement statement) throws SQLException {
        Optional<String> why = whyItIsNotTheNewest(statement);
        if (why.isEmpty()) {
            why = whyAClaimIsInTheWay(statement);
        }
        if (why.isEmpty()) {
            why = whyTheHeadIsInTheWay(statement.head(), statement.chain());
        }
        return why.isEmpty() ? whyTheBlockBelowIsAnother(statement) : why;
    }

    /** Each file opens a chain once: that with which it left, an older one, or another of the same number does not. */
    private Optional<String> whyItIsNotTheNewest(HandoverStatement statement) throws SQLException {
        return new HandoverTable(rows)
                .last(statement.chain())
                .filter(last -> statement.number() <= last.number())
                .map(last -> "the file is of its handover " + statement.number() + ", and this store knows of handover "
                        + last.number() + (last.isAway() ? " to " : " from ") + last.log()
                        + ": the file of a later one is needed");
    }

    private Optional<String> whyAClaimIsInTheWay(HandoverStatement statement) throws SQLException {
        return new BlockTable(rows)
                .highestUnsigned(statement.chain())
                .filter(claim -> claim.compareTo(statement.head().height()) >= 0)
                .map(claim -> "the file says that it was signed up to height "
                        + statement.head().height() + ", and in this store height " + claim
                        + " is claimed and has no signature");
    }

    private Optional<String> whyTheHeadIsInTheWay(Head given, ChainName chain) throws SQLException {
        return new BlockTable(rows)
                .head(chain)
                .filter(here -> here.isAbove(given) || here.isRivalOf(given))
                .map(here -> "the file says that its highest block is " + text(given) + ", this store " + text(here)
                        + (here.isRivalOf(given)
                                ? ". Two blocks of one height were signed: do not go on, and find out how"
                                : ": the file is older"));
    }

    private Optional<String> whyTheBlockBelowIsAnother(HandoverStatement statement) throws SQLException {
        Height height = statement.head().height();
        if (height.value() == 0 || statement.previousHash().isEmpty()) {
            return Optional.empty();
        }
        BlockHash linked = statement.previousHash().get();
        return signedHash(statement.chain(), height.previous())
                .filter(here -> !here.equals(linked))
                .map(here ->
                        "the file links to " + linked + " at height " + height.previous() + ", where this store has "
                                + here + ". Two blocks of one height were signed: do not go on, and find out how");
    }

    private Optional<BlockHash> signedHash(ChainName chain, Height height) throws SQLException {
        var table = new BlockTable(rows);
        Optional<BlockRecord> block = table.block(chain, height);
        return block.isPresent()
                ? block.filter(held -> held.signature().isPresent())
                        .map(held -> held.statement().blockHash())
                : table.head(chain).filter(head -> head.height().equals(height)).map(Head::hash);
    }

    private static String text(Head head) {
        return head.hash() + " at height " + head.height();
    }
}
