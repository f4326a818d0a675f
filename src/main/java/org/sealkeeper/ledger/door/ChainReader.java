package org.sealkeeper.ledger.door;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.encoding.Rfc3339;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.Handover;
import org.sealkeeper.ledger.HandoverTable;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.ledger.SignedBlock;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.Store;

/** What has been signed, for callers that may read it. Every method asks the store and may wait for it. */
public final class ChainReader {
    private final Store store;

    public ChainReader(Store store) {
        this.store = store;
    }

    /** The top of a chain. */
    public ChainTop top(ChainName chain) {
        return store.read(rows -> {
            var table = new BlockTable(rows);
            Optional<Head> claimed = table.head(chain);
            if (claimed.isEmpty()) {
                return ChainTop.EMPTY;
            }
            Optional<BlockRecord> block = table.block(chain, claimed.get().height());
            boolean isPending = block.isPresent() && block.get().signature().isEmpty();
            Optional<Origin> handedOverTo =
                    new HandoverTable(rows).last(chain).filter(Handover::isAway).map(Handover::log);
            return isPending
                    ? new ChainTop(table.signedHead(chain), claimed, handedOverTo)
                    : new ChainTop(claimed, Optional.empty(), handedOverTo);
        });
    }

    /** The signed block at a height; a claim without signature is not one. */
    public Optional<SignedBlock> block(ChainName chain, Height height) {
        return store.read(rows -> new BlockTable(rows).block(chain, height)).flatMap(ChainReader::signed);
    }

    /** The signed block that another one links to; empty where this appliance signed none before it. */
    public Optional<SignedBlock> before(SignedBlock block) {
        return store.read(rows -> new BlockTable(rows).signedBefore(block.chain(), block.height()))
                .flatMap(ChainReader::signed)
                .filter(found -> found.blockHash().equals(block.previousHash()));
    }

    /** At most {@code limit} signed blocks from a height upward. */
    public List<SignedBlock> blocks(ChainName chain, Height from, int limit) {
        return store.read(rows -> new BlockTable(rows).signedFrom(chain, from, limit)).stream()
                .flatMap(block -> signed(block).stream())
                .toList();
    }

    /** At most {@code limit} signed blocks from a height downward. */
    public List<SignedBlock> blocksDown(ChainName chain, Height from, int limit) {
        return store.read(rows -> new BlockTable(rows).signedDown(chain, from, limit)).stream()
                .flatMap(block -> signed(block).stream())
                .toList();
    }

    /**
     * How many of the highest blocks were signed since a time.
     *
     * @param most so many are looked at
     */
    public int signedSince(ChainName chain, Instant since, int most) {
        return store.read(rows -> new BlockTable(rows).signedSince(chain, Rfc3339.milliseconds(since), most));
    }

    private static Optional<SignedBlock> signed(BlockRecord block) {
        return block.signature().map(kept -> SignedBlock.of(block.statement(), kept));
    }
}
