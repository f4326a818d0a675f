package org.sealkeeper.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;

/** Every request that was ever begun. Its methods that change something block until the change is durable. */
final class CeremonyTable {
    private final Store store;

    CeremonyTable(Store store) {
        this.store = store;
    }

    Optional<CeremonyRow> named(String digest) {
        return store.read(rows -> rows.first("SELECT * FROM ceremony WHERE digest = ?", CeremonyRow::of, digest));
    }

    /** In the order in which they were begun. */
    List<CeremonyRow> all() {
        return store.read(rows -> rows.list("SELECT * FROM ceremony ORDER BY begun_leaf", CeremonyRow::of));
    }

    /** Those that were begun and did not end: one at most. */
    List<CeremonyRow> unfinished() {
        return store.read(rows -> rows.list("SELECT * FROM ceremony WHERE state = 'begun'", CeremonyRow::of));
    }

    /**
     * Begins one; those that did not end are abandoned for it.
     *
     * @param leaf says that it begins
     */
    void begin(
            Request request, List<Approval> approvals, Optional<String> revocations, Leaf leaf, List<Leaf> abandoned) {
        int _ = store.commit(rows -> {
            var leaves = new Leaves(rows);
            for (Leaf end : abandoned) {
                long _ = leaves.append(end);
            }
            int _ = rows.update("UPDATE ceremony SET state = 'abandoned' WHERE state = 'begun'");
            return rows.update(
                    """
                    INSERT INTO ceremony (digest, request, approvals, revocations, state, begun_at, begun_leaf)
                    VALUES (?, ?, ?, ?, 'begun', ?, ?)""",
                    request.digest(),
                    new String(request.bytes(), UTF_8),
                    approvals.stream().map(Approval::jws).collect(Collectors.joining("\n")),
                    revocations.orElse(null),
                    leaf.time().toString(),
                    leaves.append(leaf));
        });
    }

    /** Ends one: all of its changes are made. */
    void end(String digest, CeremonyResult result, Leaf leaf) {
        int _ = store.commit(rows -> end(rows, digest, result, leaf));
    }

    private static int end(Rows rows, String digest, CeremonyResult result, Leaf leaf) throws SQLException {
        return rows.update(
                "UPDATE ceremony SET state = 'done', ended_at = ?, ended_leaf = ?, result = ? WHERE digest = ?",
                leaf.time().toString(),
                new Leaves(rows).append(leaf),
                new String(result.bytes(), UTF_8),
                digest);
    }
}
