package org.sealkeeper.ceremony;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.store.Store;

/** The officers that were ever in force; the newest approve changes. */
final class OfficersTable {
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

    /** Puts them in force, together with the leaf that says so. */
    void put(Officers officers, Instant now, Leaf leaf) {
        int _ = store.commit(rows -> {
            long _ = new Leaves(rows).append(leaf);
            return rows.update("""
                    INSERT INTO officers (number, digest, text, since)
                    SELECT coalesce(max(number), 0) + 1, ?, ?, ? FROM officers""", officers.digest(), officers.text(), now.toString());
        });
    }
}
