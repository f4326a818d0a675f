package org.sealkeeper.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.rollback.ChainHeads;
import org.sealkeeper.rollback.RememberedHead;
import org.sealkeeper.store.Rows;

/** The statements on blocks and heads, as seen by one transaction. */
public record BlockTable(Rows rows) {
    private static final String NEXT_MOVE = "(SELECT coalesce(max(moved), 0) + 1 FROM chain_head)";

    public Optional<Head> head(ChainName chain) throws SQLException {
        return rows.first(
                "SELECT height, block_hash FROM chain_head WHERE chain = ?",
                row -> new Head(new Height(row.getLong(1)), new BlockHash(row.getString(2))),
                chain.value());
    }

    /** The highest claimed block of every chain that was moved after this move. */
    ChainHeads.Moved headsMovedAfter(long move) throws SQLException {
        var heads = new TreeMap<ChainName, RememberedHead>();
        long last = move;
        for (MovedHead found : rows.list(
                "SELECT chain, height, block_hash, moved FROM chain_head WHERE moved > ?", MovedHead::read, move)) {
            heads.put(found.chain, found.head);
            last = Math.max(last, found.move);
        }
        return new ChainHeads.Moved(heads, last);
    }

    private record MovedHead(ChainName chain, RememberedHead head, long move) {
        static MovedHead read(ResultSet row) throws SQLException {
            return new MovedHead(
                    new ChainName(row.getString(1)),
                    new RememberedHead(new Height(row.getLong(2)), new BlockHash(row.getString(3))),
                    row.getLong(4));
        }
    }

    /** The highest signed block of a chain. */
    public Optional<Head> signedHead(ChainName chain) throws SQLException {
        return rows.first(
                """
                SELECT height, block_hash FROM block WHERE chain = ? AND signature IS NOT NULL
                ORDER BY height DESC LIMIT 1""", row -> new Head(new Height(row.getLong(1)), new BlockHash(row.getString(2))), chain.value());
    }

    /** The claims without a signature, of all chains, from the lowest height of each. */
    public List<BlockRecord> unsigned() throws SQLException {
        return rows.list("""
                SELECT chain, height, previous_hash, block_hash, signed_at, caller, key_id, algorithm, signature, audit_index
                FROM block WHERE signature IS NULL ORDER BY chain, height""", BlockTable::read);
    }

    /**
     * Whether the block at a height has its signature. One that this store does not know was signed elsewhere, or before a rollback that
     * an operator settled.
     */
    public boolean isSigned(Chain chain, Height height) throws SQLException {
        return block(chain.name(), height)
                .map(block -> block.signature().isPresent())
                .orElse(true);
    }

    public Optional<BlockRecord> block(ChainName chain, Height height) throws SQLException {
        return rows.first("""
                SELECT chain, height, previous_hash, block_hash, signed_at, caller, key_id, algorithm, signature, audit_index
                FROM block WHERE chain = ? AND height = ?""", BlockTable::read, chain.value(), height.value());
    }

    /** The signed blocks from a height upward, in order. */
    public List<BlockRecord> signedFrom(ChainName chain, Height from, int limit) throws SQLException {
        return rows.list("""
                SELECT chain, height, previous_hash, block_hash, signed_at, caller, key_id, algorithm, signature, audit_index
                FROM block WHERE chain = ? AND height >= ? AND signature IS NOT NULL ORDER BY height LIMIT ?""", BlockTable::read, chain.value(), from.value(), limit);
    }

    /** Claims the height. The primary key refuses a second claim even if every check above it were wrong. */
    public void claim(BlockRecord block) throws SQLException {
        BlockStatement statement = block.statement();
        rows.update(
                """
                INSERT INTO block (chain, height, previous_hash, block_hash, signed_at, caller)
                VALUES (?, ?, ?, ?, ?, ?)""",
                statement.chain().value(),
                statement.height().value(),
                statement.previousHash().hex(),
                statement.blockHash().hex(),
                statement.signedAtText(),
                block.caller());
    }

    /**
     * Moves the head, but only from where the caller believes it to be.
     *
     * @throws SQLException if it is elsewhere by now: the whole transaction is void
     */
    public void moveHead(ChainName chain, Optional<Head> from, Head to) throws SQLException {
        int moved = from.isEmpty()
                ? rows.update(
                        "INSERT INTO chain_head (chain, height, block_hash, moved) VALUES (?, ?, ?, " + NEXT_MOVE + ")",
                        chain.value(),
                        to.height().value(),
                        to.hash().hex())
                : rows.update(
                        "UPDATE chain_head SET height = ?, block_hash = ?, moved = " + NEXT_MOVE
                                + " WHERE chain = ? AND height = ?",
                        to.height().value(),
                        to.hash().hex(),
                        chain.value(),
                        from.get().height().value());
        if (moved != 1) {
            throw new SQLException("the head of chain " + chain + " was moved meanwhile");
        }
    }

    /**
     * Keeps the signature of a claimed block, for ever.
     *
     * @throws SQLException if the claim is gone, or has a signature already: the whole transaction is void
     */
    public void keepSignature(ChainName chain, Height height, KeptSignature signature) throws SQLException {
        int kept = rows.update(
                """
                UPDATE block SET key_id = ?, algorithm = ?, signature = ?, audit_index = ?
                WHERE chain = ? AND height = ? AND signature IS NULL""",
                signature.keyId().value(),
                signature.algorithm().joseName(),
                signature.jws(),
                signature.auditIndex().orElseThrow(),
                chain.value(),
                height.value());
        if (kept != 1) {
            throw new SQLException("expected an unsigned claim on " + chain + " at " + height + ", found none");
        }
    }

    /** Gives up the claims without a signature below this block, and another one at its height. */
    public void giveUpClaims(ChainName chain, Head known) throws SQLException {
        rows.update(
                """
                DELETE FROM block WHERE chain = ? AND signature IS NULL
                AND (height < ? OR (height = ? AND block_hash <> ?))""",
                chain.value(),
                known.height().value(),
                known.height().value(),
                known.hash().hex());
    }

    private static BlockRecord read(ResultSet row) throws SQLException {
        var statement = new BlockStatement(
                new ChainName(row.getString(1)),
                new Height(row.getLong(2)),
                new BlockHash(row.getString(3)),
                new BlockHash(row.getString(4)),
                Instant.parse(row.getString(5)));
        return new BlockRecord(statement, row.getString(6), signature(row));
    }

    private static Optional<KeptSignature> signature(ResultSet row) throws SQLException {
        String jws = row.getString(9);
        return jws == null
                ? Optional.empty()
                : Optional.of(new KeptSignature(
                        new KeyId(row.getString(7)),
                        SigningAlgorithm.named(row.getString(8)).orElseThrow(),
                        jws,
                        auditIndex(row)));
    }

    private static OptionalLong auditIndex(ResultSet row) throws SQLException {
        long index = row.getLong(10);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(index);
    }
}
