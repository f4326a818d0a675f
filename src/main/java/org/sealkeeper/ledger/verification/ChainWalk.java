package org.sealkeeper.ledger.verification;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.Sequence;

/** How far one reading of a chain has come: the block it stands on, and the rules for the next step. */
final class ChainWalk {
    private final Sequence sequence;
    private final Optional<BlockHash> head;
    private final Set<KeyId> keys = new LinkedHashSet<>();
    private Optional<ChainName> chain;
    private Optional<Anchor> below;
    private Optional<Height> first = Optional.empty();
    private long blocks;

    ChainWalk(ChainExpectation expected) {
        this.sequence = expected.sequence();
        this.head = expected.head();
        this.chain = expected.chain();
        this.below = expected.anchor();
    }

    /** Steps onto the block, or gives the reason why it may not stand here. */
    Optional<String> step(BlockVerdict.Valid signed) {
        var block = signed.statement();
        Optional<String> refusal = foreign(block).or(() -> misplaced(block));
        if (refusal.isEmpty()) {
            chain = Optional.of(block.chain());
            first = first.or(() -> Optional.of(block.height()));
            below = Optional.of(new Anchor(block.height(), block.blockHash()));
            keys.add(signed.keyId());
            blocks++;
        }
        return refusal;
    }

    /** What the whole is worth, now that it has ended. */
    ChainVerdict end() {
        if (first.isEmpty()) {
            return new ChainVerdict.Invalid(blocks, Optional.empty(), "expected at least one block, found none");
        }
        var top = below.orElseThrow();
        if (head.isPresent() && !head.get().equals(top.hash())) {
            return new ChainVerdict.Invalid(
                    blocks,
                    Optional.of(top.height()),
                    "expected the chain to end with block " + head.get() + ", found " + top.hash());
        }
        return new ChainVerdict.Valid(
                chain.orElseThrow(), blocks, first.get(), top.height(), Set.copyOf(keys), top.hash());
    }

    private Optional<String> foreign(BlockStatement block) {
        return chain.filter(name -> !name.equals(block.chain()))
                .map(name -> "expected a block of chain " + name + ", found one of " + block.chain());
    }

    private Optional<String> misplaced(BlockStatement block) {
        return below.map(lower -> misplacedAbove(lower, block)).orElseGet(() -> misplacedAtStart(block));
    }

    private Optional<String> misplacedAtStart(BlockStatement block) {
        if (block.height().value() == 0) {
            return broken(block, BlockHash.zeros(block.blockHash().lengthInBytes()));
        }
        return switch (sequence) {
            case CONTIGUOUS ->
                Optional.of("expected the chain to begin at height 0, or above a given anchor, found height "
                        + block.height());
            case INCREASING -> Optional.empty();
        };
    }

    private Optional<String> misplacedAbove(Anchor lower, BlockStatement block) {
        if (block.height().follows(lower.height())) {
            return broken(block, lower.hash());
        }
        return switch (sequence) {
            case CONTIGUOUS ->
                Optional.of((block.height().compareTo(lower.height()) > 0 ? "hole in the chain: " : "")
                        + "expected height " + lower.height().next() + ", found " + block.height());
            case INCREASING ->
                block.height().compareTo(lower.height()) > 0
                        ? Optional.empty()
                        : Optional.of("expected a height above " + lower.height() + ", found " + block.height());
        };
    }

    private static Optional<String> broken(BlockStatement block, BlockHash link) {
        return block.previousHash().equals(link)
                ? Optional.empty()
                : Optional.of("broken link: expected previousHash " + link + ", found " + block.previousHash());
    }
}
