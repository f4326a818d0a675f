package org.sealkeeper.store.move;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One row: texts, whole numbers, bytes and nulls in the order of its table's columns, whichever engine it comes from. */
final class Row {
    private final @Nullable Object[] values;

    private Row(@Nullable Object[] values) {
        this.values = values;
    }

    /** Reads it; engines give small numbers in types of their own. */
    static Row read(ResultSet result) throws SQLException {
        var values = new @Nullable Object[result.getMetaData().getColumnCount()];
        for (int i = 0; i < values.length; i++) {
            Object value = result.getObject(i + 1);
            values[i] = value instanceof Integer number ? Long.valueOf(number) : value;
        }
        return new Row(values);
    }

    /** Its values as arguments of a statement, and another argument after the key. */
    @Nullable
    Object[] keyAnd(Table table, Object last) {
        @Nullable Object[] arguments = Arrays.copyOf(values, table.key().size() + 1);
        arguments[table.key().size()] = last;
        return arguments;
    }

    @Nullable
    Object[] key(Table table) {
        return Arrays.copyOf(values, table.key().size());
    }

    @Nullable
    Object[] values() {
        return values.clone();
    }

    /** The key in words, for a sentence; no other column is ever shown. */
    String keyText(Table table) {
        return IntStream.range(0, table.key().size())
                .mapToObj(i -> table.key().get(i) + " " + values[i])
                .collect(Collectors.joining(", "));
    }

    /** The columns that differ from those of another row of the table, in words. */
    String differences(Row other, Table table) {
        return IntStream.range(0, values.length)
                .filter(i -> !Arrays.deepEquals(new Object[] {values[i]}, new Object[] {other.values[i]}))
                .mapToObj(i -> table.columns().get(i))
                .collect(Collectors.joining(", "));
    }

    /** Adds it to a digest: other values never give the same bytes. */
    void addTo(MessageDigest digest) {
        for (Object value : values) {
            byte[] bytes = switch (value) {
                case null -> new byte[0];
                case byte[] binary -> binary;
                default -> value.toString().getBytes(StandardCharsets.UTF_8);
            };
            String kind = value == null ? "null" : value.getClass().getSimpleName();
            digest.update((kind + " " + bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(ByteBuffer.wrap(bytes));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row && Arrays.deepEquals(values, row.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }
}
