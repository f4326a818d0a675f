package org.sealkeeper.ledger.signing;

import java.sql.SQLException;
import java.util.Optional;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockRequest;
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.ledger.Sequence;

/**
 * The guard against double signing: lets a height be claimed once, by one block, that extends its chain.
 *
 * <p>It looks and claims in one transaction of the store, so that of two racing requests the second sees the first's claim.
 */
final class ChainGuard {
    private ChainGuard() {}

    /**
     * Decides whether the request claims its height, and records the claim.
     *
     * @param table of the transaction whose commit makes the ruling true
     * @param proposed the block with everything its signature will say; not yet signed
     * @param underWay what this process is signing: a block may be claimed above it, and is kept after it
     */
    static Ruling rule(
            BlockTable table, Chain chain, BlockRequest request, BlockRecord proposed, BlocksUnderWay underWay)
            throws SQLException {
        Optional<Head> head = table.head(chain.name());
        if (head.isPresent() && request.height().compareTo(head.get().height()) <= 0) {
            Optional<BlockRecord> holder = table.block(chain.name(), request.height());
            return holder.isPresent()
                    ? compare(holder.get(), request)
                    : new Refusal.HeightRegression(head.get().height());
        }
        Optional<Refusal> refusal = chain.sequence() == Sequence.CONTIGUOUS
                ? whyItDoesNotExtend(chain, head, request)
                : whyItMayNotFollow(chain, head, request);
        if (refusal.isEmpty() && chain.sequence() == Sequence.CONTIGUOUS && head.isPresent()) {
            refusal = whyTheHeadIsInTheWay(table, chain, head.get(), underWay);
        }
        if (refusal.isPresent()) {
            return refusal.get();
        }
        table.claim(proposed);
        table.moveHead(chain.name(), head, new Head(request.height(), request.blockHash()));
        return new Ruling.Claimed(proposed);
    }

    /** The height is taken: by this very block, or by another. */
    private static Ruling compare(BlockRecord holder, BlockRequest request) {
        if (holder.isSameBlockAs(request)) {
            return new Ruling.Replayed(holder);
        }
        if (holder.statement().blockHash().equals(request.blockHash())) {
            return new Refusal.BrokenLink(request.height(), holder.statement().previousHash());
        }
        return new Refusal.ConflictingBlock(request.height(), holder.statement().blockHash());
    }

    private static Optional<Refusal> whyItDoesNotExtend(Chain chain, Optional<Head> head, BlockRequest request) {
        if (request.height().compareTo(chain.first()) < 0) {
            return Optional.of(new Refusal.HeightRegression(chain.first()));
        }
        Height next = head.map(top -> top.height().next()).orElse(chain.first());
        if (!request.height().equals(next)) {
            return Optional.of(new Refusal.HeightGap(next));
        }
        return whyTheLinkIsBroken(request, head.map(Head::hash).orElse(chain.firstLink()));
    }

    private static Optional<Refusal> whyItMayNotFollow(Chain chain, Optional<Head> head, BlockRequest request) {
        if (request.height().compareTo(chain.first()) < 0) {
            return Optional.of(new Refusal.HeightRegression(chain.first()));
        }
        if (request.height().equals(chain.first())) {
            return whyTheLinkIsBroken(request, chain.firstLink());
        }
        if (head.isPresent() && request.height().follows(head.get().height())) {
            return whyTheLinkIsBroken(request, head.get().hash());
        }
        return Optional.empty();
    }

    /** On a contiguous chain nothing is signed above a claim that no request is about to sign: it would be a hole. */
    private static Optional<Refusal> whyTheHeadIsInTheWay(
            BlockTable table, Chain chain, Head head, BlocksUnderWay underWay) throws SQLException {
        return table.isSigned(chain, head.height()) || underWay.has(chain.name(), head.height())
                ? Optional.empty()
                : Optional.of(new Refusal.PredecessorUnsigned(head.height(), head.hash()));
    }

    private static Optional<Refusal> whyTheLinkIsBroken(BlockRequest request, BlockHash expected) {
        return request.previousHash().equals(expected)
                ? Optional.empty()
                : Optional.of(new Refusal.BrokenLink(request.height(), expected));
    }
}
