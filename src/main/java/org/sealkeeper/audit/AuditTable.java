package org.sealkeeper.audit;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TileId;
import org.sealkeeper.store.Rows;

/** The statements on the log, as seen by one transaction. */
record AuditTable(Rows rows) {

    /** How many leaves there are. */
    long size() throws SQLException {
        return rows.first("SELECT coalesce(max(idx), -1) + 1 FROM audit_leaf", row -> row.getLong(1))
                .orElseThrow();
    }

    /** The entries from one index up to, and without, another; fewer where the log ends. */
    List<byte[]> entries(long from, long to) throws SQLException {
        return rows.list(
                "SELECT entry FROM audit_leaf WHERE idx >= ? AND idx < ? ORDER BY idx",
                row -> row.getBytes(1),
                from,
                to);
    }

    /** The hashes of a full tile. */
    Optional<byte[]> tile(int level, long index) throws SQLException {
        return rows.first(
                "SELECT hashes FROM audit_tile WHERE level = ? AND idx = ?", row -> row.getBytes(1), level, index);
    }

    /** Keeps a full tile. It may be there already: what it says never changes. */
    void keep(TileId tile, byte[] hashes) throws SQLException {
        rows.update(
                "INSERT INTO audit_tile (level, idx, hashes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                tile.level(),
                tile.index(),
                hashes);
    }

    Optional<Origin> origin() throws SQLException {
        return rows.first("SELECT origin FROM audit_log", row -> new Origin(row.getString(1)));
    }

    /** Gives the log its name. A log that is renamed has no checkpoint any more: the old ones are not its own. */
    void name(Origin origin) throws SQLException {
        rows.update("""
                INSERT INTO audit_log (id, origin) VALUES (1, ?)
                ON CONFLICT (id) DO UPDATE SET origin = excluded.origin, checkpoint = NULL, cosigned = NULL""", origin.value());
    }

    Optional<Note> checkpoint() throws SQLException {
        return note("SELECT checkpoint FROM audit_log");
    }

    void keepCheckpoint(Note checkpoint) throws SQLException {
        rows.update("UPDATE audit_log SET checkpoint = ?", checkpoint.toString());
    }

    /** The last checkpoint with cosignatures under it. */
    Optional<Note> cosigned() throws SQLException {
        return note("SELECT cosigned FROM audit_log");
    }

    void keepCosigned(Note checkpoint) throws SQLException {
        rows.update("UPDATE audit_log SET cosigned = ?", checkpoint.toString());
    }

    private Optional<Note> note(String sql) throws SQLException {
        List<Optional<Note>> found = rows.list(sql, row -> parse(row.getString(1)));
        return found.isEmpty() ? Optional.empty() : found.getFirst();
    }

    private static Optional<Note> parse(@Nullable String note) {
        return Optional.ofNullable(note).map(text -> Note.parse(text.getBytes(StandardCharsets.UTF_8)));
    }
}
