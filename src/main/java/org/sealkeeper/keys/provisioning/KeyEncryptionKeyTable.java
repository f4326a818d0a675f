package org.sealkeeper.keys.provisioning;

import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKeyRow;
import org.sealkeeper.store.Store;

/** What changes in the rows of key-encryption keys. Its methods block until the change is durable. */
final class KeyEncryptionKeyTable {
    private final Store store;
    private final RecordedChange change;

    KeyEncryptionKeyTable(Store store) {
        this.store = store;
        this.change = new RecordedChange(store);
    }

    /** The newest version, finished or not. */
    Optional<KeyEncryptionKeyRow> newest(KeyAlias alias) {
        return store.read(rows -> rows.first(
                "SELECT * FROM key_encryption_key WHERE alias = ? ORDER BY version DESC LIMIT 1",
                KeyEncryptionKeyRow::of,
                alias.value()));
    }

    Optional<KeyEncryptionKeyRow> version(KeyAlias alias, int version) {
        return store.read(rows -> rows.first(
                "SELECT * FROM key_encryption_key WHERE alias = ? AND version = ?",
                KeyEncryptionKeyRow::of,
                alias.value(),
                version));
    }

    /** Records the intent; only then may the token be asked. */
    void begin(KeyEncryptionKeyRow key) {
        int _ = change.begin(
                """
                INSERT INTO key_encryption_key (alias, version, state, cka_id, tokens, created_at)
                VALUES (?, ?, 'pre-active', ?, ?, ?)""",
                key.alias().value(),
                key.version(),
                key.ckaId().hex(),
                KeyEncryptionKeyRow.text(key.tokens()),
                key.createdAt().toString());
    }

    /** Has a key that was never finished be made in other tokens. */
    void retarget(KeyEncryptionKeyRow key, List<TokenLabel> tokens) {
        requireOne(
                key,
                change.begin(
                        "UPDATE key_encryption_key SET tokens = ? WHERE cka_id = ? AND state = 'pre-active'",
                        KeyEncryptionKeyRow.text(tokens),
                        key.ckaId().hex()));
    }

    /** Makes a proven key the active one, and deactivates the one before it, if any. */
    void activate(KeyEncryptionKeyRow key, Leaf leaf) {
        requireOne(key, store.commit(rows -> {
            long _ = new Leaves(rows).append(leaf);
            int _ = rows.update(
                    "UPDATE key_encryption_key SET state = 'deactivated' WHERE alias = ? AND state = 'active'",
                    key.alias().value());
            return rows.update(
                    "UPDATE key_encryption_key SET state = 'active' WHERE cka_id = ? AND state = 'pre-active'",
                    key.ckaId().hex());
        }));
    }

    /** From now on it counts as destroyed, though it is still in the token. */
    void beginDestruction(KeyEncryptionKeyRow key) {
        requireOne(key, change.begin("""
                        UPDATE key_encryption_key SET state = 'destroying'
                        WHERE cka_id = ? AND state IN ('deactivated', 'destroying')""", key.ckaId().hex()));
    }

    /** It is proven to be gone. */
    void endDestruction(KeyEncryptionKeyRow key, Leaf leaf) {
        requireOne(
                key,
                change.end(
                        leaf,
                        "UPDATE key_encryption_key SET state = 'destroyed' WHERE cka_id = ? AND state = 'destroying'",
                        key.ckaId().hex()));
    }

    private static void requireOne(KeyEncryptionKeyRow key, int touched) {
        if (touched != 1) {
            throw new ConfigurationFault("key-encryption key '" + key.alias() + "' version " + key.version()
                    + " was changed in the store while this command ran; run it again");
        }
    }
}
