package org.sealkeeper.ceremony.catalogue;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.sealkeeper.store.Rows;
import org.sealkeeper.verify.CanonicalJson;
import org.sealkeeper.verify.Digests;

/**
 * What a store knows of keys, recipients, windows, officers, and of what these approved (docs/formats/catalogue.md). It has no secret and no
 * patient data.
 *
 * @param log the origin of the appliance's audit log
 * @param tables the rows of each, in the order in which they are to be taken
 */
public record Catalogue(String log, Instant at, SequencedMap<CatalogueTable, List<CatalogueRow>> tables) {
    private static final String FORMAT = "sealkeeper-catalogue/1";

    /** What the store has at this moment. */
    static Catalogue of(String log, Instant at, Rows rows) throws SQLException {
        var tables = new LinkedHashMap<CatalogueTable, List<CatalogueRow>>();
        for (CatalogueTable table : CatalogueTable.ALL) {
            tables.put(table, table.read(rows));
        }
        return new Catalogue(log, at, tables);
    }

    /**
     * Reads a catalogue.
     *
     * @throws IllegalArgumentException if it is not what {@link #bytes} gives
     */
    static Catalogue parse(byte[] bytes) {
        var json = CanonicalJson.parse(bytes);
        var tables = new LinkedHashMap<CatalogueTable, List<CatalogueRow>>();
        for (CatalogueTable table : CatalogueTable.ALL) {
            tables.put(
                    table,
                    CanonicalJson.items(json, table.member()).stream()
                            .map(row -> CatalogueRow.parse(row, table.columns()))
                            .toList());
        }
        try {
            return new Catalogue(
                    CanonicalJson.text(json, "log"), Instant.parse(CanonicalJson.text(json, "time")), tables);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected a time as 2026-11-29T10:00:00Z", e);
        }
    }

    /** Its canonical JSON. */
    byte[] bytes() {
        var members = new TreeMap<String, Object>(Map.of("format", FORMAT, "log", log, "time", at.toString()));
        tables.forEach((table, rows) -> members.put(
                table.member(), rows.stream().map(CatalogueRow::json).toList()));
        return CanonicalJson.bytes(members);
    }

    /** The SHA-256 of its canonical JSON, in lowercase hex. */
    public String digest() {
        return Digests.sha256(bytes());
    }

    /** Each row in words. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        tables.forEach((table, rows) -> rows.forEach(row -> words.add(table.words(row))));
        return words;
    }
}
