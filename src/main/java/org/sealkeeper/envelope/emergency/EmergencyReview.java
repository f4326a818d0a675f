package org.sealkeeper.envelope.emergency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.sealkeeper.store.Store;

/**
 * One emergency, with the justification, for its review. It may tell something about a patient.
 *
 * @param leaf the leaf of the audit log that began it
 * @param digest of the justification, computed anew: the leaf must say the same
 * @param end the leaf that ended it; empty while it is under way
 */
public record EmergencyReview(
        long leaf,
        String caller,
        String key,
        String purpose,
        String justification,
        String digest,
        Instant beganAt,
        Instant endsAt,
        OptionalLong end) {

    /** Every emergency there ever was, in the order of their leaves. */
    public static List<EmergencyReview> all(Store store) {
        return store.read(rows -> new EmergencyTable(rows).all());
    }

    static EmergencyReview of(ResultSet row) throws SQLException {
        String text = row.getString("justification");
        long end = row.getLong("ended_by");
        OptionalLong ended = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(end);
        return new EmergencyReview(
                row.getLong("leaf"),
                row.getString("caller"),
                row.getString("key_alias"),
                row.getString("purpose"),
                text,
                Justification.kept(text).digest(row.getString("salt")),
                Instant.ofEpochMilli(row.getLong("began_at")),
                Instant.ofEpochMilli(row.getLong("ends_at")),
                ended);
    }
}
