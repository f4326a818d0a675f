package org.sealkeeper.envelope.emergency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.store.Store;

/**
 * One emergency, with the justification, for its review. It may tell something about a patient.
 *
 * @param leaf the leaf of the audit log that began it
 * @param digest of the justification, computed anew: the leaf must say the same
 * @param end the leaf that ended it; empty while it is under way
 * @param reviews in the order of their leaves
 */
public record EmergencyReview(
        long leaf,
        String caller,
        KeyAlias key,
        String purpose,
        String justification,
        String digest,
        Instant beganAt,
        Instant endsAt,
        OptionalLong end,
        List<Review> reviews) {
    /** Days within which one is to be reviewed. */
    public static final int REVIEW_WITHIN_DAYS = 7;

    public EmergencyReview {
        reviews = List.copyOf(reviews);
    }

    /** Every emergency there ever was, in the order of their leaves. */
    public static List<EmergencyReview> all(Store store) {
        return store.read(rows -> new EmergencyTable(rows).all());
    }

    /** At most {@code limit} of those that began below a leaf, newest first. */
    public static List<EmergencyReview> before(Store store, long leaf, int limit) {
        return store.read(rows -> new EmergencyTable(rows).before(leaf, limit));
    }

    /** The one that began with this leaf. */
    public static Optional<EmergencyReview> of(Store store, long leaf) {
        return store.read(rows -> new EmergencyTable(rows).of(leaf));
    }

    /** How many without a review began before a time. */
    public static long unreviewed(Store store, Instant before) {
        return store.read(rows -> new EmergencyTable(rows).unreviewed(before));
    }

    /** Whether none reviewed it in time. */
    public boolean isOverdue(Instant now) {
        return reviews.isEmpty()
                && beganAt.plus(Duration.ofDays(REVIEW_WITHIN_DAYS)).isBefore(now);
    }

    EmergencyReview with(List<Review> all) {
        return new EmergencyReview(leaf, caller, key, purpose, justification, digest, beganAt, endsAt, end, all);
    }

    static EmergencyReview of(ResultSet row) throws SQLException {
        String text = row.getString("justification");
        long end = row.getLong("ended_by");
        OptionalLong ended = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(end);
        return new EmergencyReview(
                row.getLong("leaf"),
                row.getString("caller"),
                new KeyAlias(row.getString("key_alias")),
                row.getString("purpose"),
                text,
                Justification.kept(text).digest(row.getString("salt")),
                Instant.ofEpochMilli(row.getLong("began_at")),
                Instant.ofEpochMilli(row.getLong("ends_at")),
                ended,
                List.of());
    }
}
