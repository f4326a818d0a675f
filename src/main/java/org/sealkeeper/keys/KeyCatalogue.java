package org.sealkeeper.keys;

import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.store.Store;

/** The list of all keys, in the store. Its methods block until what they changed is durable. */
public final class KeyCatalogue {
    private final Store store;

    private KeyCatalogue(Store store) {
        this.store = store;
    }

    /**
     * Opens the catalogue of an appliance. Keys of before tokens were named are in the one token the appliance then had.
     *
     * @param tokens that the appliance declares
     * @throws ConfigurationFault if it declares more than one, and such keys are there
     */
    public static KeyCatalogue open(Store store, List<TokenLabel> tokens) {
        var catalogue = new KeyCatalogue(store);
        if (catalogue.hasUnnamedTokens()) {
            if (tokens.size() > 1) {
                throw new ConfigurationFault(
                        "expected keys whose tokens are known, found those of an earlier version: declare the one"
                                + " token they are in, run 'sealkeeper keys list' once, then declare the others");
            }
            String only = tokens.getFirst().value();
            int _ = store.commit(rows -> {
                int _ = rows.update("UPDATE key_encryption_key SET tokens = ? WHERE tokens = ''", only);
                return rows.update("UPDATE signing_key_pair SET token = ? WHERE token = ''", only);
            });
        }
        return catalogue;
    }

    private boolean hasUnnamedTokens() {
        return store.read(rows -> rows.first("""
                        SELECT alias FROM signing_key_pair WHERE token = ''
                        UNION ALL SELECT alias FROM key_encryption_key WHERE tokens = '' LIMIT 1""", row -> row.getString("alias")))
                .isPresent();
    }

    /**
     * Every key pair there is or was, by alias and version; those still being made are not among them.
     *
     * @throws ConfigurationFault if a row is not what this program wrote
     */
    public List<CataloguedKey> keys() {
        return store.read(rows -> rows.list(
                "SELECT * FROM signing_key_pair WHERE state <> 'pre-active' ORDER BY alias, version, token",
                KeyRow::catalogued));
    }

    /** A pair of the newest version of the key of this alias that was ever active, in whichever token. */
    public Optional<CataloguedKey> newest(KeyAlias alias) {
        return store.read(rows -> rows.first(
                "SELECT * FROM signing_key_pair WHERE alias = ? AND state <> 'pre-active' ORDER BY version DESC LIMIT 1",
                KeyRow::catalogued,
                alias.value()));
    }

    /** The newest pair of the key of this alias in a token that was ever active. */
    public Optional<CataloguedKey> newest(KeyAlias alias, TokenLabel token) {
        return store.read(rows -> rows.first("""
                SELECT * FROM signing_key_pair WHERE alias = ? AND token = ? AND state <> 'pre-active'
                ORDER BY version DESC LIMIT 1""", KeyRow::catalogued, alias.value(), token.value()));
    }

    /** A pair of the key of this alias whose making was begun and not finished, in whichever token. */
    public Optional<PendingKey> pending(KeyAlias alias) {
        return store.read(rows -> rows.first(
                "SELECT * FROM signing_key_pair WHERE alias = ? AND state = 'pre-active' LIMIT 1",
                KeyRow::pending,
                alias.value()));
    }

    /** The pair of the key of this alias in a token whose making was begun and not finished. */
    public Optional<PendingKey> pending(KeyAlias alias, TokenLabel token) {
        return store.read(rows -> rows.first(
                "SELECT * FROM signing_key_pair WHERE alias = ? AND token = ? AND state = 'pre-active'",
                KeyRow::pending,
                alias.value(),
                token.value()));
    }

    /** Every key whose making was begun and not finished. */
    public List<PendingKey> pending() {
        return store.read(rows -> rows.list(
                "SELECT * FROM signing_key_pair WHERE state = 'pre-active' ORDER BY alias, version, token",
                KeyRow::pending));
    }

    /** Records the intent; only then may the token be asked. */
    public void begin(PendingKey key) {
        int _ = store.commit(rows -> rows.update(
                """
                INSERT INTO signing_key_pair (alias, version, token, purpose, algorithm, state, cka_id, created_at)
                VALUES (?, ?, ?, ?, ?, 'pre-active', ?, ?)""",
                key.alias().value(),
                key.version(),
                key.token().value(),
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
                UPDATE signing_key_pair SET state = 'active', key_id = ?, public_key = ?, certificate = ?
                WHERE alias = ? AND version = ? AND token = ? AND cka_id = ? AND state = 'pre-active'""",
                    key.keyId().value(),
                    publicKey,
                    certificate,
                    key.alias().value(),
                    key.version(),
                    key.token().value(),
                    key.ckaId().hex());
        });
        if (touched != 1) {
            throw new ConfigurationFault(
                    key.name() + " was changed in the catalogue while it was being made; run the command again");
        }
    }

    /** Has no pair in a token sign any more that is lost, and tells the audit log in the same transaction. What they signed stays valid. */
    public void deactivate(TokenLabel lost, Leaf leaf) {
        int _ = store.commit(rows -> {
            long _ = new Leaves(rows).append(leaf);
            return rows.update(
                    "UPDATE signing_key_pair SET state = 'deactivated' WHERE token = ? AND state = 'active'",
                    lost.value());
        });
    }
}
