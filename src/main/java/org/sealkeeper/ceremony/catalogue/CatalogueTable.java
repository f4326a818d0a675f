package org.sealkeeper.ceremony.catalogue;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.store.Rows;

/**
 * A table of the catalogue.
 *
 * @param member its name in the file
 * @param called what one row is, in words
 * @param name of the table in the store
 * @param key the columns of its primary key
 * @param fixed the other columns that never change
 * @param changing the columns that do
 * @param order the columns in whose order its rows are taken: a version is deactivated before the next one is active
 * @param later compares two pictures of one row
 */
public record CatalogueTable(
        String member,
        String called,
        String name,
        List<String> key,
        List<String> fixed,
        List<String> changing,
        List<String> order,
        Comparator<CatalogueRow> later) {

    /** All of them, what a row refers to first. */
    static final List<CatalogueTable> ALL = List.of(
            new CatalogueTable(
                    "signingKeys",
                    "key",
                    "signing_key_pair",
                    List.of("alias", "version", "token"),
                    List.of("purpose", "algorithm", "cka_id", "created_at"),
                    List.of("state", "state_since", "compromised_since", "key_id", "public_key", "certificate"),
                    List.of("alias", "version", "token"),
                    Later.OF_SIGNING_KEYS),
            new CatalogueTable(
                    "keyEncryptionKeys",
                    "key-encryption key",
                    "key_encryption_key",
                    List.of("alias", "version"),
                    List.of("cka_id", "created_at"),
                    List.of("state", "tokens"),
                    List.of("alias", "version"),
                    Later.byState("pre-active", "active", "deactivated", "destroying", "destroyed")),
            new CatalogueTable(
                    "recipients",
                    "recipient",
                    "recipient",
                    List.of("name", "enrolled_at"),
                    List.of("key", "certificate"),
                    List.of("state", "retired_at"),
                    List.of("enrolled_at", "name"),
                    Later.byState("enrolling", "enrolled", "retiring", "retired")),
            new CatalogueTable(
                    "rewrapWindows",
                    "rewrap window",
                    "rewrap_window",
                    List.of("cka_id"),
                    List.of("alias", "from_version", "to_version", "opened_at"),
                    List.of("state", "closed_at"),
                    List.of("opened_at", "alias"),
                    Later.byState("opening", "open", "closing", "closed")),
            new CatalogueTable(
                    "officers",
                    "officers' file",
                    "officers",
                    List.of("number"),
                    List.of("digest", "text", "since"),
                    List.of(),
                    List.of("number"),
                    Later.NEVER),
            new CatalogueTable(
                    "approvedPolicies",
                    "approved policy",
                    "approved_policy",
                    List.of("digest"),
                    List.of(),
                    List.of("since"),
                    List.of("since", "digest"),
                    Later.NEVER),
            new CatalogueTable(
                    "ceremonies",
                    "ceremony",
                    "ceremony",
                    List.of("digest"),
                    List.of("request", "approvals", "revocations", "begun_at", "begun_leaf"),
                    List.of("state", "ended_at", "ended_leaf", "result"),
                    List.of("begun_leaf"),
                    Later.byState("begun", "abandoned", "done")));

    public CatalogueTable {
        key = List.copyOf(key);
        fixed = List.copyOf(fixed);
        changing = List.copyOf(changing);
        order = List.copyOf(order);
    }

    /** All columns. */
    List<String> columns() {
        return Stream.of(key, fixed, changing).flatMap(List::stream).toList();
    }

    /** What the store has, in the order in which it is to be taken. */
    List<CatalogueRow> read(Rows rows) throws SQLException {
        return rows.list(
                "SELECT " + list(columns()) + " FROM " + name + " ORDER BY " + list(order),
                row -> CatalogueRow.of(row, columns()));
    }

    /** What the store has of the same key. */
    Optional<CatalogueRow> stored(CatalogueRow row, Rows rows) throws SQLException {
        return rows.first(
                "SELECT " + list(columns()) + " FROM " + name + " WHERE " + equal(key, " AND "),
                found -> CatalogueRow.of(found, columns()),
                row.values(key));
    }

    void insert(CatalogueRow row, Rows rows) throws SQLException {
        int _ = rows.update(
                "INSERT INTO " + name + " (" + list(columns()) + ") VALUES ("
                        + columns().stream().map(_ -> "?").collect(Collectors.joining(", ")) + ")",
                row.values(columns()));
    }

    void update(CatalogueRow row, Rows rows) throws SQLException {
        int _ = rows.update(
                "UPDATE " + name + " SET " + equal(changing, ", ") + " WHERE " + equal(key, " AND "),
                Stream.of(row.values(changing), row.values(key))
                        .flatMap(Stream::of)
                        .toArray());
    }

    private static String list(List<String> columns) {
        return String.join(", ", columns);
    }

    private static String equal(List<String> columns, String between) {
        return columns.stream().map(column -> column + " = ?").collect(Collectors.joining(between));
    }

    /** A request that was begun where the store is lost is not gone on with here, where another one may be under way: it is asked for anew. */
    CatalogueRow whenNew(CatalogueRow found) {
        return found.text("state").equals(Optional.of("begun")) ? found.with("state", "abandoned") : found;
    }

    /** A row of it in words, without what it was before. */
    public String words(CatalogueRow row) {
        return called + " " + row.words(key)
                + row.text("state").map(state -> ", " + state).orElse("");
    }
}
