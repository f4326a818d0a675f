package org.sealkeeper.keys;

import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.store.Store;

/** The list of all keys, in the store. Its methods block until what they changed is durable. */
public final class KeyCatalogue {
    private final Store store;

    public KeyCatalogue(Store store) {
        this.store = store;
    }

    /**
     * Every key there is or was, by alias and version; those still being made are not among them.
     *
     * @throws ConfigurationFault if a row is not what this program wrote
     */
    public List<CataloguedKey> keys() {
        return store.read(rows -> rows.list(
                "SELECT * FROM signing_key WHERE state <> 'pre-active' ORDER BY alias, version", KeyRow::catalogued));
    }

    /** The newest version of the key of this alias that was ever active. */
    public Optional<CataloguedKey> newest(KeyAlias alias) {
        return store.read(rows -> rows.first(
                "SELECT * FROM signing_key WHERE alias = ? AND state <> 'pre-active' ORDER BY version DESC LIMIT 1",
                KeyRow::catalogued,
                alias.value()));
    }

    /** The version of the key of this alias whose making was begun and not finished. */
    public Optional<PendingKey> pending(KeyAlias alias) {
        return store.read(rows -> rows.first(
                "SELECT * FROM signing_key WHERE alias = ? AND state = 'pre-active'", KeyRow::pending, alias.value()));
    }

    /** Every key whose making was begun and not finished. */
    public List<PendingKey> pending() {
        return store.read(rows -> rows.list(
                "SELECT * FROM signing_key WHERE state = 'pre-active' ORDER BY alias, version", KeyRow::pending));
    }

    /** Records the intent; only then may the token be asked. */
    public void begin(PendingKey key) {
        int _ = store.commit(rows -> rows.update(
                """
                INSERT INTO signing_key (alias, version, purpose, algorithm, state, cka_id, created_at)
                VALUES (?, ?, ?, ?, 'pre-active', ?, ?)""",
                key.alias().value(),
                key.version(),
                key.purpose().text(),
                key.algorithm().joseName(),
                key.ckaId().hex(),
                key.createdAt().toString()));
    }

    /** Makes a proven key active, and tells the audit log in the same transaction. */
    public void activate(CataloguedKey key, Leaf leaf) {
        String certificate = StoredRow.encoded(key.certificate());
        String publicKey = StoredRow.encoded(key.verificationKey().spki());
        int touched = store.commit(rows -> {
            new Leaves(rows).append(leaf);
            return rows.update(
                    """
                UPDATE signing_key SET state = 'active', key_id = ?, public_key = ?, certificate = ?
                WHERE alias = ? AND version = ? AND cka_id = ? AND state = 'pre-active'""",
                    key.keyId().value(),
                    publicKey,
                    certificate,
                    key.alias().value(),
                    key.version(),
                    key.ckaId().hex());
        });
        if (touched != 1) {
            throw new ConfigurationFault(
                    key.name() + " was changed in the catalogue while it was being made; run the command again");
        }
    }
}
