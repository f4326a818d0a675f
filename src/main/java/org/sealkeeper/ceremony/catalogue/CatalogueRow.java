package org.sealkeeper.ceremony.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table.
 *
 * @param values by column, each a {@link String} or a {@link Long}; a column that is null is not there
 */
public record CatalogueRow(NavigableMap<String, Object> values) {
    /** All others are texts. What is of another type is left out, and then the bytes are not those that were read. */
    private static final Set<String> NUMBERS =
            Set.of("version", "from_version", "to_version", "number", "begun_leaf", "ended_leaf");

    private static final Pattern NEXT_WORD = Pattern.compile("_([a-z])");

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32,}");
    private static final int SHOWN_DIGITS = 16;

    public CatalogueRow {
        values = Collections.unmodifiableNavigableMap(new TreeMap<>(values));
    }

    static CatalogueRow of(ResultSet row, List<String> columns) throws SQLException {
        var values = new TreeMap<String, Object>();
        for (String column : columns) {
            Object value = row.getObject(column);
            if (value != null) {
                values.put(column, value instanceof Integer number ? Long.valueOf(number) : value);
            }
        }
        return new CatalogueRow(values);
    }

    /** The reverse of {@link #json}. */
    static CatalogueRow parse(JsonNode json, List<String> columns) {
        var values = new TreeMap<String, Object>();
        for (String column : columns) {
            JsonNode value = json.path(member(column));
            if (NUMBERS.contains(column) && value.isIntegralNumber() && value.canConvertToLong()) {
                values.put(column, value.longValue());
            } else if (!NUMBERS.contains(column) && value.isTextual()) {
                values.put(column, value.textValue());
            }
        }
        return new CatalogueRow(values);
    }

    Map<String, Object> json() {
        var json = new TreeMap<String, Object>();
        values.forEach((column, value) -> json.put(member(column), value));
        return json;
    }

    /** {@code state_since} is {@code stateSince}. */
    private static String member(String column) {
        return NEXT_WORD.matcher(column).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }

    /** What is in a column; empty where it is null. */
    public Optional<String> text(String column) {
        return Optional.ofNullable(values.get(column)).map(String::valueOf);
    }

    @Nullable
    Object[] values(List<String> columns) {
        return columns.stream().map(values::get).toArray();
    }

    /** The columns in which both differ, of these. */
    List<String> differences(CatalogueRow other, List<String> columns) {
        return columns.stream()
                .filter(column -> !text(column).equals(other.text(column)))
                .toList();
    }

    /** This row, with what others have in a column. */
    CatalogueRow with(String column, String value) {
        var changed = new TreeMap<>(values);
        changed.put(column, value);
        return new CatalogueRow(changed);
    }

    /** These columns in words. */
    String words(List<String> columns) {
        return columns.stream()
                .map(column -> text(column).orElse("none"))
                .map(text -> DIGEST.matcher(text).matches() ? text.substring(0, SHOWN_DIGITS) : text)
                .collect(Collectors.joining(" "));
    }
}
