package org.sealkeeper.ceremony;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;

/** What a store knows of officers and of the requests that were begun; to look at, also while others change it. */
public final class CeremonyRecords {
    private final CeremonyTable table;
    private final OfficersTable officers;

    public CeremonyRecords(Store store) {
        this.table = new CeremonyTable(store);
        this.officers = new OfficersTable(store);
    }

    /** Those who approve changes; empty where one operator alone changes keys. */
    public Optional<Officers> officers() {
        return officers.inForce();
    }

    /** Those who approved changes when this was their file's digest. */
    public Optional<Officers> officers(String digest) {
        return officers.withDigest(digest);
    }

    /** All that were begun, in order. */
    public List<CeremonyRow> all() {
        return table.all();
    }

    /**
     * Reads every row of officers and of requests, as a transaction sees them that took some from elsewhere.
     *
     * @throws ConfigurationFault if one is not what this program writes
     */
    public static void requireReadable(Rows rows) throws SQLException {
        try {
            for (String text : rows.list("SELECT text FROM officers", row -> row.getString("text"))) {
                Officers officers = Officers.parse(Path.of("officers.yaml (taken)"), text);
                if (rows.first(
                                "SELECT 1 FROM officers WHERE text = ? AND digest <> ?",
                                _ -> true,
                                text,
                                officers.digest())
                        .isPresent()) {
                    throw new IllegalArgumentException("expected the digest of the officers' file");
                }
            }
            int _ = rows.list("SELECT * FROM ceremony", CeremonyRow::of).size();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ConfigurationFault("a row of a ceremony is not one that Sealkeeper wrote: " + e.getMessage(), e);
        }
    }
}
