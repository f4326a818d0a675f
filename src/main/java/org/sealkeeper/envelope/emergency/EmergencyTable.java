package org.sealkeeper.envelope.emergency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.store.Rows;

/** Emergencies in the store, by the index of the leaf that began each. The only place where justifications are kept. */
final class EmergencyTable {
    private final Rows rows;

    EmergencyTable(Rows rows) {
        this.rows = rows;
    }

    /**
     * One emergency.
     *
     * @param justificationDigest as its leaf has it
     */
    record Row(long leaf, KeyAlias key, String purpose, String justificationDigest) {
        private static Row of(ResultSet row) throws SQLException {
            String digest = Justification.kept(row.getString("justification")).digest(row.getString("salt"));
            return new Row(
                    row.getLong("leaf"), new KeyAlias(row.getString("key_alias")), row.getString("purpose"), digest);
        }
    }

    /** The leaf of the emergency it is part of. */
    OptionalLong underWay(EmergencyRequest request, Instant now) throws SQLException {
        return rows.first(
                        """
                        SELECT leaf FROM emergency_access
                        WHERE caller = ? AND key_alias = ? AND purpose = ? AND ends_at > ? AND ended_by IS NULL""",
                        row -> row.getLong(1),
                        request.caller(),
                        request.key().value(),
                        request.purpose().code(),
                        now.toEpochMilli())
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    void begin(
            long leaf, EmergencyRequest request, String salt, Justification justification, Instant now, Instant until)
            throws SQLException {
        int _ = rows.update(
                """
                INSERT INTO emergency_access
                    (leaf, caller, key_alias, purpose, salt, justification, began_at, ends_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                leaf,
                request.caller(),
                request.key().value(),
                request.purpose().code(),
                salt,
                justification.text(),
                now.toEpochMilli(),
                until.toEpochMilli());
    }

    /** All there ever were, for those who review them. */
    List<EmergencyReview> all() throws SQLException {
        return reviewed(rows.list("SELECT * FROM emergency_access ORDER BY leaf", EmergencyReview::of));
    }

    /** The newest ones below a leaf, newest first. */
    List<EmergencyReview> before(long leaf, int limit) throws SQLException {
        return reviewed(rows.list(
                "SELECT * FROM emergency_access WHERE leaf < ? ORDER BY leaf DESC LIMIT ?",
                EmergencyReview::of,
                leaf,
                limit));
    }

    /** The one that began with this leaf. */
    Optional<EmergencyReview> of(long leaf) throws SQLException {
        return reviewed(rows.list("SELECT * FROM emergency_access WHERE leaf = ?", EmergencyReview::of, leaf)).stream()
                .findFirst();
    }

    /** How many without a review began before a time. */
    long unreviewed(Instant before) throws SQLException {
        return rows.first("""
                        SELECT COUNT(*) FROM emergency_access
                        WHERE began_at < ? AND leaf NOT IN (SELECT emergency FROM emergency_review)""", row -> row.getLong(1), before.toEpochMilli()).orElse(0L);
    }

    private List<EmergencyReview> reviewed(List<EmergencyReview> emergencies) throws SQLException {
        List<EmergencyReview> all = new ArrayList<>();
        for (EmergencyReview emergency : emergencies) {
            all.add(emergency.with(rows.list(
                    "SELECT * FROM emergency_review WHERE emergency = ? ORDER BY leaf", Review::of, emergency.leaf())));
        }
        return all;
    }

    void review(long leaf, String caller, EmergencyReviews.Finding review, String salt, Instant now)
            throws SQLException {
        int _ = rows.update(
                """
                INSERT INTO emergency_review (leaf, emergency, caller, verdict, salt, note, reviewed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                leaf,
                review.emergency(),
                caller,
                review.verdict().text(),
                salt,
                review.note().text(),
                now.toEpochMilli());
    }

    /** Those whose time is over and whose end is not recorded. */
    List<Row> over(Instant now) throws SQLException {
        return rows.list(
                "SELECT * FROM emergency_access WHERE ended_by IS NULL AND ends_at <= ? ORDER BY leaf",
                Row::of,
                now.toEpochMilli());
    }

    void end(Row emergency, long leaf) throws SQLException {
        int _ = rows.update("UPDATE emergency_access SET ended_by = ? WHERE leaf = ?", leaf, emergency.leaf());
    }
}
