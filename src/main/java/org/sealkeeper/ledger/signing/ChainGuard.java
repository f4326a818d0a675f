package org.sealkeeper.ledger.signing;

import java.sql.SQLException;
import java.util.Optional;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockRequest;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.ChainTops;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.ledger.Sequence;
import org.sealkeeper.merkle.Origin;

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
     * @param tops of the transaction whose commit makes the ruling true
     * @param proposed the block with everything its signature will say; not yet signed
     * @param underWay what this process is signing: a block may be claimed above it, and is kept after it
     */
    static Ruling rule(ChainTops tops, Chain chain, BlockRequest request, BlockRecord proposed, BlocksUnderWay underWay)
            throws SQLException {
        Optional<Head> head = tops.head(chain.name());
        if (head.isPresent() && request.height().compareTo(head.get().height()) <= 0) {
            Optional<BlockRecord> holder = tops.block(chain.name(), request.height());
            return holder.isPresent()
                    ? compare(tops, chain, holder.get(), request)
                    : new Refusal.HeightRegression(head.get().height());
        }
        Optional<Refusal> refusal = whyNothingIsSigned(tops, chain, request.height());
        if (refusal.isEmpty()) {
            refusal = chain.sequence() == Sequence.CONTIGUOUS
                    ? whyItDoesNotExtend(chain, head, request)
                    : whyItMayNotFollow(chain, head, request);
        }
        if (refusal.isEmpty() && chain.sequence() == Sequence.CONTIGUOUS && head.isPresent()) {
            refusal = whyTheHeadIsInTheWay(tops, chain, head.get(), underWay);
        }
        if (refusal.isPresent()) {
            return refusal.get();
        }
        tops.claim(proposed);
        return new Ruling.Claimed(proposed);
    }

    /**
     * As above, for a block that is to be signed with others as a leaf of one tree. The proofs of its neighbours may give its leaf away,
     * so that it must not get in above a claim that no request is about to sign, also where it was claimed long ago.
     */
    static Ruling ruleInBatch(
            ChainTops tops, Chain chain, BlockRequest request, BlockRecord proposed, BlocksUnderWay underWay)
            throws SQLException {
        Ruling ruling = rule(tops, chain, request, proposed, underWay);
        boolean wasClaimedBefore = ruling instanceof Ruling.Replayed(var holder)
                && holder.signature().isEmpty()
                && chain.hasPredecessor(request.height());
        return wasClaimedBefore
                ? whyTheHeadIsInTheWay(
                                tops, chain, new Head(request.height().previous(), request.previousHash()), underWay)
                        .<Ruling>map(refusal -> refusal)
                        .orElse(ruling)
                : ruling;
    }

    /** The chain is closed here, or ends below this height: neither a new block is signed, nor what was claimed before. */
    private static Optional<Refusal> whyNothingIsSigned(ChainTops tops, Chain chain, Height height)
            throws SQLException {
        Optional<Origin> handedOverTo = tops.handedOverTo(chain.name());
        if (handedOverTo.isPresent()) {
            return Optional.of(new Refusal.ChainClosed(handedOverTo.get()));
        }
        return chain.ceiling().filter(ceiling -> height.compareTo(ceiling) > 0).map(Refusal.HeightAboveCeiling::new);
    }

    /** The height is taken: by this very block, or by another. */
    private static Ruling compare(ChainTops tops, Chain chain, BlockRecord holder, BlockRequest request)
            throws SQLException {
        if (holder.isSameBlockAs(request)) {
            Optional<Refusal> refusal = holder.signature().isPresent()
                    ? Optional.empty()
                    : whyNothingIsSigned(tops, chain, request.height());
            return refusal.isPresent() ? refusal.get() : new Ruling.Replayed(holder);
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
            ChainTops tops, Chain chain, Head below, BlocksUnderWay underWay) throws SQLException {
        return tops.isSigned(chain, below.height()) || underWay.has(chain.name(), below.height())
                ? Optional.empty()
                : Optional.of(new Refusal.PredecessorUnsigned(below.height(), below.hash()));
    }

    private static Optional<Refusal> whyTheLinkIsBroken(BlockRequest request, BlockHash expected) {
        return request.previousHash().equals(expected)
                ? Optional.empty()
                : Optional.of(new Refusal.BrokenLink(request.height(), expected));
    }
}
