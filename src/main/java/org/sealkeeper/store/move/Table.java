package org.sealkeeper.store.move;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.store.Rows;

/**
 * One table and the statements on it, the same for both engines.
 *
 * @param key the columns of its primary key
 * @param columns all of them, those of the key first
 */
record Table(String name, List<String> key, List<String> columns) {
    Table {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("expected a primary key of table " + name);
        }
    }

    /** The table as the embedded store has it: what a migration adds to it is copied as well. */
    static Table of(String name, Rows source) throws SQLException {
        List<String> key = source.list(
                "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", row -> row.getString(1), name);
        List<String> others = source.list(
                "SELECT name FROM pragma_table_info(?) WHERE pk = 0 ORDER BY cid", row -> row.getString(1), name);
        return new Table(name, key, Stream.concat(key.stream(), others.stream()).toList());
    }

    /** The first rows in the order of the key, after some that are left out. Arguments: how many, how many are left out. */
    String first() {
        return select() + order() + " LIMIT ? OFFSET ?";
    }

    /** The rows after a key. Arguments: the key, how many. */
    String after() {
        return select() + " WHERE (" + names(key) + ") > (" + marks(key) + ")" + order() + " LIMIT ?";
    }

    /** The row of a key. */
    String withKey() {
        return select() + " WHERE (" + names(key) + ") = (" + marks(key) + ")";
    }

    String insert() {
        return "INSERT INTO " + name + " (" + names(columns) + ") VALUES (" + marks(columns) + ")";
    }

    String count() {
        return "SELECT count(*) FROM " + name;
    }

    private String select() {
        return "SELECT " + names(columns) + " FROM " + name;
    }

    private String order() {
        return " ORDER BY " + names(key);
    }

    private static String names(List<String> columns) {
        return String.join(", ", columns);
    }

    private static String marks(List<String> columns) {
        return columns.stream().map(_ -> "?").collect(Collectors.joining(", "));
    }
}
