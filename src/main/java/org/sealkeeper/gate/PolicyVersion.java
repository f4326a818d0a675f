package org.sealkeeper.gate;

import java.time.Instant;
import java.util.List;
import org.sealkeeper.store.Store;

/**
 * A policy that was in force once.
 *
 * @param digest SHA-256 of its bytes, lowercase hex
 * @param since when it was first in force
 */
public record PolicyVersion(String digest, Instant since) {

    /** Those that first came into force most recently, the newest first. */
    public static List<PolicyVersion> newest(Store store, int limit) {
        return store.read(rows -> rows.list(
                "SELECT digest, first_loaded_at FROM policy_version ORDER BY first_loaded_at DESC LIMIT ?",
                row -> new PolicyVersion(row.getString(1), Instant.parse(row.getString(2))),
                limit));
    }
}
