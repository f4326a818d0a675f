package org.sealkeeper.ceremony;

import java.util.List;
import java.util.Optional;
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
}
