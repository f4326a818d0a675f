package org.sealkeeper.keys.planning;

import java.util.List;
import org.sealkeeper.keys.KeyEncryptionKeyRow;
import org.sealkeeper.keys.RecipientRow;
import org.sealkeeper.keys.RewrapWindowRow;
import org.sealkeeper.store.Store;

/**
 * All that the store knows of keys which sign nothing, at one moment; what was begun and not finished, and what was destroyed, included.
 */
record KnownRows(
        List<KeyEncryptionKeyRow> keyEncryptionKeys, List<RecipientRow> recipients, List<RewrapWindowRow> windows) {

    static KnownRows read(Store store) {
        return store.read(rows -> new KnownRows(
                rows.list("SELECT * FROM key_encryption_key ORDER BY alias, version", KeyEncryptionKeyRow::of),
                rows.list("SELECT * FROM recipient ORDER BY name, enrolled_at", RecipientRow::of),
                rows.list("SELECT * FROM rewrap_window ORDER BY alias, opened_at", RewrapWindowRow::of)));
    }
}
