package org.sealkeeper.store.move;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sealkeeper.store.Rows;

/** The tables of a store, in the order in which they are copied: what a row refers to comes first. */
final class Tables {
    static final List<String> NAMES = List.of(
            "store_identity",
            "heartbeat",
            "audit_log",
            "audit_leaf",
            "audit_tile",
            "block",
            "chain_head",
            "chain_handover",
            "signing_key_pair",
            "key_encryption_key",
            "recipient",
            "rewrap_window",
            "emergency_access",
            "emergency_review",
            "policy_version",
            "officers",
            "approved_policy",
            "ceremony",
            "fhir_cursor",
            "witnessed_log");

    /** What a new store has rows in. */
    static final Set<String> NEVER_EMPTY = Set.of("store_identity", "heartbeat");

    /** They grow without end. Each change of one of them comes with a new leaf of the audit log. */
    static final Set<String> LARGE = Set.of("audit_leaf", "audit_tile", "block");

    private Tables() {}

    /** All of them, as the embedded store has them. */
    static List<Table> of(Rows source) throws SQLException {
        List<Table> tables = new ArrayList<>();
        for (String name : NAMES) {
            tables.add(Table.of(name, source));
        }
        return tables;
    }
}
