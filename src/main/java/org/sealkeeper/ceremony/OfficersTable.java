package org.sealkeeper.ceremony;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;

/** The officers that were ever in force; the newest approve changes. Beside them, the policies they approved, which the gate asks for. */
final class OfficersTable {
    /** A policy that may come into force, and the leaf that says so. */
    record ApprovedPolicy(String digest, Leaf leaf) {}

    private final Store store;

    OfficersTable(Store store) {
        this.store = store;
    }

    /** Those in force; empty where there never were any. */
    Optional<Officers> inForce() {
        return store.read(rows -> rows.first(
                        "SELECT text FROM officers ORDER BY number DESC LIMIT 1", row -> row.getString("text")))
                .map(OfficersTable::parse);
    }

    /** Those of this digest. */
    Optional<Officers> withDigest(String digest) {
        return store.read(rows -> rows.first(
                        "SELECT text FROM officers WHERE digest = ? LIMIT 1", row -> row.getString("text"), digest))
                .map(OfficersTable::parse);
    }

    private static Officers parse(String text) {
        return Officers.parse(Path.of("officers.yaml (in force)"), text);
    }

    /** Whether they, or the operator that named the first ones, let the policy of this digest come into force. */
    boolean haveApproved(String policy) {
        return store.read(rows -> rows.first(
                        "SELECT digest FROM approved_policy WHERE digest = ?", row -> row.getString("digest"), policy))
                .isPresent();
    }

    /** Lets a policy come into force, together with the leaf that says so. */
    void approve(ApprovedPolicy policy) {
        int _ = store.commit(rows -> approve(policy, rows));
    }

    private static int approve(ApprovedPolicy policy, Rows rows) throws SQLException {
        long _ = new Leaves(rows).append(policy.leaf());
        return rows.update(
                "INSERT INTO approved_policy (digest, since) VALUES (?, ?)",
                policy.digest(),
                policy.leaf().time().toString());
    }

    /**
     * Puts them in force, together with the leaf that says so.
     *
     * @param policy the one that is in force with the first ones
     */
    void put(Officers officers, Leaf leaf, Optional<ApprovedPolicy> policy) {
        int _ = store.commit(rows -> {
            if (policy.isPresent()) {
                int _ = approve(policy.get(), rows);
            }
            long _ = new Leaves(rows).append(leaf);
            return rows.update(
                    """
                    INSERT INTO officers (number, digest, text, since)
                    SELECT coalesce(max(number), 0) + 1, ?, ?, ? FROM officers""", officers.digest(), officers.text(), leaf.time().toString());
        });
    }
}
