package org.sealkeeper.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.store.Store;
import org.sealkeeper.verify.Digests;

/** What the store says of keys, recipients and windows, in one digest. */
final class CatalogueDigest {
    private static final List<String> ROWS = List.of(
            "SELECT alias || ' ' || version || ' ' || token || ' ' || state || ' ' || cka_id"
                    + " || coalesce(' ' || compromised_since, '') AS line FROM signing_key_pair ORDER BY alias, version, token",
            "SELECT alias || ' ' || version || ' ' || tokens || ' ' || state || ' ' || cka_id AS line"
                    + " FROM key_encryption_key ORDER BY alias, version",
            "SELECT name || ' ' || key || ' ' || state AS line FROM recipient ORDER BY name, enrolled_at",
            "SELECT alias || ' ' || from_version || ' ' || to_version || ' ' || state || ' ' || cka_id AS line"
                    + " FROM rewrap_window ORDER BY alias, opened_at");

    private CatalogueDigest() {}

    /** The SHA-256, in lowercase hex, at this moment. */
    static String of(Store store) {
        return store.read(rows -> {
            Stream.Builder<String> lines = Stream.builder();
            for (String sql : ROWS) {
                rows.list(sql, row -> row.getString("line")).forEach(lines);
            }
            return Digests.sha256(
                    lines.build().collect(Collectors.joining("\n")).getBytes(UTF_8));
        });
    }
}
