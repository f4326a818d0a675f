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

    /** The note of that checkpoint, as the log signed it. */
    Optional<Note> latestNote(Origin origin) throws SQLException {
        return rows.first(
                "SELECT checkpoint FROM witnessed_log WHERE origin = ?",
                row -> Note.parse(row.getString(1).getBytes(StandardCharsets.UTF_8)),
                origin.value());
    }

    void keep(Checkpoint checkpoint, Note note) throws SQLException {
        rows.update(
                """
                INSERT INTO witnessed_log (origin, size, root, checkpoint) VALUES (?, ?, ?, ?)
                ON CONFLICT (origin) DO UPDATE
                SET size = excluded.size, root = excluded.root, checkpoint = excluded.checkpoint""",
                checkpoint.origin().value(),
                checkpoint.size(),
                checkpoint.root().base64(),
                note.toString());
    }
}
