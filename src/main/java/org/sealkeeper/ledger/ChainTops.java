package org.sealkeeper.ledger;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.WriteBehind;

/**
 * The tops of the chains, where blocks are claimed and signed, as the writer knows them from one group of requests to the next. The claims, heads
 * and signatures of a group are written together.
 *
 * <p>What is known here only saves questions. Were any of it wrong, the table's primary key and the conditions of what is written would
 * void the transaction.
 */
public final class ChainTops implements WriteBehind {
    /** More claims than this are without a signature only where the token is gone. */
    private static final int MOST_UNSIGNED = 8_192;

    /** As many chains as are asked for at once; each of the others when it is needed. */
    private static final int IN_USE = 512;

    private final Rows rows;
    private final Map<ChainName, Optional<Head>> heads = new HashMap<>();
    private final Map<ChainName, Optional<Origin>> closed = new HashMap<>();
    /** Claims made here, which have no signature. */
    private final Map<Place, BlockRecord> unsigned = new HashMap<>();
    /** The highest block of each chain that was signed here. */
    private final Map<ChainName, Height> signed = new HashMap<>();

    private long lastMove;

    private final List<@Nullable Object[]> claims = new ArrayList<>();
    private final Map<ChainName, Move> moves = new LinkedHashMap<>();
    private final List<@Nullable Object[]> signatures = new ArrayList<>();

    private record Place(ChainName chain, Height height) {}

    private record Move(Optional<Head> from, Head to, long number) {}

    /** Asks once for the chains in use: where another appliance has every other turn, each would else cost several questions in each of ours. */
    private ChainTops(Rows rows) throws SQLException {
        this.rows = rows;
        var table = new BlockTable(rows);
        this.lastMove = table.lastMove();
        for (BlockTable.Top top : table.movedLast(IN_USE)) {
            heads.put(top.chain(), Optional.of(top.head()));
            if (top.isSigned()) {
                signed.put(top.chain(), top.head().height());
            }
            if (!top.wasHandedOver()) {
                closed.put(top.chain(), Optional.empty());
            }
        }
    }

    /** Those of the transactions of this connection. */
    public static ChainTops of(Rows rows) throws SQLException {
        return rows.common(ChainTops.class, ChainTops::new);
    }

    /** The highest claimed block. */
    public Optional<Head> head(ChainName chain) throws SQLException {
        Optional<Head> known = heads.get(chain);
        if (known == null) {
            known = new BlockTable(rows).head(chain);
            heads.put(chain, known);
        }
        return known;
    }

    public Optional<BlockRecord> block(ChainName chain, Height height) throws SQLException {
        BlockRecord claim = unsigned.get(new Place(chain, height));
        return claim == null ? new BlockTable(rows).block(chain, height) : Optional.of(claim);
    }

    /** As {@link BlockTable#isSigned}. */
    public boolean isSigned(Chain chain, Height height) throws SQLException {
        if (height.equals(signed.get(chain.name()))) {
            return true;
        }
        return !unsigned.containsKey(new Place(chain.name(), height)) && new BlockTable(rows).isSigned(chain, height);
    }

    /** The log of the appliance to which the chain was handed over; empty where it is not closed here. */
    public Optional<Origin> handedOverTo(ChainName chain) throws SQLException {
        Optional<Origin> known = closed.get(chain);
        if (known == null) {
            known = new HandoverTable(rows).last(chain).filter(Handover::isAway).map(Handover::log);
            closed.put(chain, known);
        }
        return known;
    }

    /** Notes in this transaction that the chain is closed, or goes on. */
    public void handOver(ChainName chain, Handover handover) throws SQLException {
        new HandoverTable(rows).keep(chain, handover);
        closed.remove(chain);
    }

    /** Claims a height, and moves the head there. The primary key refuses a second claim even if every check above it were wrong. */
    public void claim(BlockRecord block) throws SQLException {
        BlockStatement statement = block.statement();
        claims.add(new @Nullable Object[] {
            statement.chain().value(),
            statement.height().value(),
            statement.previousHash().hex(),
            statement.blockHash().hex(),
            statement.signedAtText(),
            block.caller()
        });
        if (unsigned.size() == MOST_UNSIGNED) {
            unsigned.clear();
        }
        unsigned.put(new Place(statement.chain(), statement.height()), block);
        moveHead(statement.chain(), new Head(statement.height(), statement.blockHash()));
    }

    /** Moves the head to a block that was signed elsewhere, or before this store was brought back. */
    public void moveHead(ChainName chain, Head to) throws SQLException {
        Optional<Head> now = head(chain);
        long number = ++lastMove;
        moves.merge(chain, new Move(now, to, number), (first, second) -> new Move(first.from, to, number));
        heads.put(chain, Optional.of(to));
    }

    /** Keeps the signature of a claimed block, for ever. Where the claim is gone, or has one already, the transaction is void. */
    public void keepSignature(ChainName chain, Height height, KeptSignature signature) {
        signatures.add(new @Nullable Object[] {
            signature.keyId().value(),
            signature.algorithm().joseName(),
            signature.jws(),
            signature.auditIndex().orElseThrow(),
            signature.proof().map(BatchProof::text).orElse(null),
            chain.value(),
            height.value()
        });
        unsigned.remove(new Place(chain, height));
        signed.merge(chain, height, (before, now) -> before.compareTo(now) < 0 ? now : before);
    }

    /** Gives up the claims without a signature below this block, and another one at its height. */
    public void giveUpClaims(ChainName chain, Head known) throws SQLException {
        unsigned.clear();
        rows.update(
                """
                DELETE FROM block WHERE chain = ? AND signature IS NULL
                AND (height < ? OR (height = ? AND block_hash <> ?))""",
                chain.value(),
                known.height().value(),
                known.height().value(),
                known.hash().hex());
    }

    @Override
    public void write(Rows ignored) throws SQLException {
        rows.updateEach("an unclaimed height", """
                INSERT INTO block (chain, height, previous_hash, block_hash, signed_at, caller)
                VALUES (?, ?, ?, ?, ?, ?)""", claims);
        claims.clear();
        writeMoves();
        rows.updateEach("an unsigned claim", """
                UPDATE block SET key_id = ?, algorithm = ?, signature = ?, audit_index = ?, proof = ?,
                appliance = (SELECT name FROM this_appliance) WHERE chain = ? AND height = ? AND signature IS NULL""", signatures);
        signatures.clear();
    }

    /** Each from where it was when the group began, and from nowhere else. */
    private void writeMoves() throws SQLException {
        List<@Nullable Object[]> first = new ArrayList<>();
        List<@Nullable Object[]> further = new ArrayList<>();
        moves.forEach((chain, move) -> {
            long height = move.to.height().value();
            String hash = move.to.hash().hex();
            move.from.ifPresentOrElse(
                    from -> further.add(new @Nullable Object[] {
                        height,
                        hash,
                        move.number,
                        chain.value(),
                        from.height().value(),
                        from.hash().hex()
                    }),
                    () -> first.add(new @Nullable Object[] {chain.value(), height, hash, move.number}));
        });
        rows.updateEach(
                "a chain without a head",
                "INSERT INTO chain_head (chain, height, block_hash, moved) VALUES (?, ?, ?, ?)",
                first);
        rows.updateEach("the head where it was", """
                UPDATE chain_head SET height = ?, block_hash = ?, moved = ?
                WHERE chain = ? AND height = ? AND block_hash = ?""", further);
        moves.clear();
    }
}
