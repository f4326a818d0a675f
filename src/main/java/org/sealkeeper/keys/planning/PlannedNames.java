package org.sealkeeper.keys.planning;

import org.sealkeeper.keys.KeyEncryptionKeyRow;
import org.sealkeeper.keys.PendingKey;
import org.sealkeeper.keys.RecipientRow;
import org.sealkeeper.keys.RewrapWindow;
import org.sealkeeper.keys.RewrapWindowRow;
import org.sealkeeper.keys.StoredRow;

/** How a plan calls what the store knows. */
final class PlannedNames {
    private PlannedNames() {}

    static String of(KeyEncryptionKeyRow row) {
        return "key-encryption key '" + row.alias() + "' version " + row.version();
    }

    static String of(PendingKey key) {
        return "key '" + key.alias() + "' version " + key.version();
    }

    static String of(RecipientRow row) {
        return "recipient '" + row.recipient().name() + "'";
    }

    static String of(RewrapWindowRow row) {
        RewrapWindow window = row.window();
        return "rewrap window of '" + window.alias() + "' from version " + window.from() + " to " + window.to();
    }

    static String state(Enum<?> state) {
        return StoredRow.text(state);
    }
}
