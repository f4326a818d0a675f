package org.sealkeeper.transparency;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.store.Rows;

/** The statements on peers' logs, as seen by one transaction. */
record WitnessedLogs(Rows rows) {

    /** The largest checkpoint cosigned of a log. */
    Optional<Checkpoint> latest(Origin origin) throws SQLException {
        return rows.first(
                "SELECT size, root FROM witnessed_log WHERE origin = ?",
                row -> new Checkpoint(origin, row.getLong(1), TreeHash.ofBase64(row.getString(2))),
                origin.value());
    }

    /** The note that was last kept of it: of that checkpoint, or, while that is being cosigned, of one before it. */
    Optional<Note> note(Origin origin) throws SQLException {
        return rows.first(
                "SELECT checkpoint FROM witnessed_log WHERE origin = ?",
                row -> Note.parse(row.getString(1).getBytes(StandardCharsets.UTF_8)),
                origin.value());
    }

    /**
     * Keeps what was seen, before it is cosigned. If we crash in between, the log asks again.
     *
     * @param note served to monitors once it is cosigned
     */
    void keep(Checkpoint checkpoint, Note note) throws SQLException {
        rows.update(
                """
                INSERT INTO witnessed_log (origin, size, root, checkpoint) VALUES (?, ?, ?, ?)
                ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root""",
                checkpoint.origin().value(),
                checkpoint.size(),
                checkpoint.root().base64(),
                note.toString());
    }

    /** Keeps the cosigned note, unless a larger checkpoint was seen meanwhile. */
    int keepCosigned(Checkpoint checkpoint, Note note) throws SQLException {
        return rows.update(
                "UPDATE witnessed_log SET checkpoint = ? WHERE origin = ? AND size = ? AND root = ?",
                note.toString(),
                checkpoint.origin().value(),
                checkpoint.size(),
                checkpoint.root().base64());
    }
}
