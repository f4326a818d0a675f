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
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.rollback.ChainHeads;
import org.sealkeeper.rollback.RememberedHead;
import org.sealkeeper.store.Rows;

/** The statements on blocks and heads, as seen by one transaction. */
public record BlockTable(Rows rows) {
    /** With the log of the leaf, where it is that of another appliance; a store that was moved has the empty text for the first one. */
    private static final String BLOCKS = """
            SELECT chain, height, previous_hash, block_hash, signed_at, caller, key_id, algorithm, signature, audit_index, proof,
            (SELECT a.log FROM appliance a WHERE (a.name = block.appliance OR (block.appliance = '' AND a.number = 1))
            AND a.name <> (SELECT name FROM this_appliance)) AS other_log FROM block\s""";

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

    /**
     * A chain where it may be claimed.
     *
     * @param isSigned whether the head has its signature, as {@link #isSigned} says
     * @param wasHandedOver ever, to or from the appliance of another log
     */
    record Top(ChainName chain, Head head, boolean isSigned, boolean wasHandedOver) {
        private static Top read(ResultSet row) throws SQLException {
            return new Top(
                    new ChainName(row.getString(1)),
                    new Head(new Height(row.getLong(2)), new BlockHash(row.getString(3))),
                    row.getBoolean(4),
                    row.getBoolean(5));
        }
    }

    /** Those that were moved last, at most so many. */
    List<Top> movedLast(int most) throws SQLException {
        return rows.list("""
                SELECT head.chain, head.height, head.block_hash, block.chain IS NULL OR block.signature IS NOT NULL,
                chain_handover.chain IS NOT NULL
                FROM (SELECT chain, height, block_hash FROM chain_head ORDER BY moved DESC LIMIT ?) head
                LEFT JOIN block ON block.chain = head.chain AND block.height = head.height
                LEFT JOIN chain_handover ON chain_handover.chain = head.chain""", Top::read, most);
    }

    /** The number of the last move of any head; 0 before the first. */
    long lastMove() throws SQLException {
        return rows.first("SELECT coalesce(max(moved), 0) FROM chain_head", row -> row.getLong(1))
                .orElseThrow();
    }

    private record MovedHead(ChainName chain, RememberedHead head, long move) {
        static MovedHead read(ResultSet row) throws SQLException {
            return new MovedHead(
                    new ChainName(row.getString(1)),
                    new RememberedHead(new Height(row.getLong(2)), new BlockHash(row.getString(3))),
                    row.getLong(4));
        }
    }

    /** The highest claim on a chain that there is a row of. */
    public Optional<Head> highestClaim(ChainName chain) throws SQLException {
        return rows.first(
                "SELECT height, block_hash FROM block WHERE chain = ? ORDER BY height DESC LIMIT 1",
                row -> new Head(new Height(row.getLong(1)), new BlockHash(row.getString(2))),
                chain.value());
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
        return rows.list(BLOCKS + "WHERE signature IS NULL ORDER BY chain, height", BlockTable::read);
    }

    /** The lowest claim of a chain that has no signature; empty where all have one. */
    public Optional<Height> lowestUnsigned(ChainName chain) throws SQLException {
        return rows.first(
                "SELECT height FROM block WHERE chain = ? AND signature IS NULL ORDER BY height LIMIT 1",
                row -> new Height(row.getLong(1)),
                chain.value());
    }

    /** The highest claim of a chain that has no signature; empty where all have one. */
    public Optional<Height> highestUnsigned(ChainName chain) throws SQLException {
        return rows.first(
                "SELECT height FROM block WHERE chain = ? AND signature IS NULL ORDER BY height DESC LIMIT 1",
                row -> new Height(row.getLong(1)),
                chain.value());
    }

    /**
     * Whether the block at a height has its signature. One that this store does not know was signed elsewhere, or before a rollback that
     * an operator settled.
     */
    public boolean isSigned(Chain chain, Height height) throws SQLException {
        return rows.first(
                        "SELECT signature FROM block WHERE chain = ? AND height = ?",
                        row -> row.getString(1) != null,
                        chain.name().value(),
                        height.value())
                .orElse(true);
    }

    public Optional<BlockRecord> block(ChainName chain, Height height) throws SQLException {
        return rows.first(BLOCKS + "WHERE chain = ? AND height = ?", BlockTable::read, chain.value(), height.value());
    }

    /** The signed blocks from a height upward, in order. */
    public List<BlockRecord> signedFrom(ChainName chain, Height from, int limit) throws SQLException {
        return rows.list(
                BLOCKS + "WHERE chain = ? AND height >= ? AND signature IS NOT NULL ORDER BY height LIMIT ?",
                BlockTable::read,
                chain.value(),
                from.value(),
                limit);
    }

    /** The signed blocks from a height downward, the highest first. */
    public List<BlockRecord> signedDown(ChainName chain, Height from, int limit) throws SQLException {
        return rows.list(
                BLOCKS + "WHERE chain = ? AND height <= ? AND signature IS NOT NULL ORDER BY height DESC LIMIT ?",
                BlockTable::read,
                chain.value(),
                from.value(),
                limit);
    }

    /**
     * How many of the highest blocks of a chain were signed since a time.
     *
     * @param since RFC 3339, UTC, milliseconds, as statements have it
     * @param most so many are looked at
     */
    public int signedSince(ChainName chain, String since, int most) throws SQLException {
        return rows.first("""
                        SELECT count(*) FROM (SELECT signed_at FROM block
                        WHERE chain = ? AND signature IS NOT NULL ORDER BY height DESC LIMIT ?) newest
                        WHERE signed_at >= ?""", row -> row.getInt(1), chain.value(), most, since).orElse(0);
    }

    /** The highest signed block below a height. */
    public Optional<BlockRecord> signedBefore(ChainName chain, Height height) throws SQLException {
        return rows.first(
                BLOCKS + "WHERE chain = ? AND height < ? AND signature IS NOT NULL ORDER BY height DESC LIMIT 1",
                BlockTable::read,
                chain.value(),
                height.value());
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
                        Optional.ofNullable(row.getString(11)).map(BatchProof::parse),
                        auditIndex(row),
                        Optional.ofNullable(row.getString(12)).map(Origin::new)));
    }

    private static OptionalLong auditIndex(ResultSet row) throws SQLException {
        long index = row.getLong(10);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(index);
    }
}
