package org.sealkeeper.keys;

import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.store.Rows;
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
     * Every key pair there is or was, by alias and version; those that are prepared are among them, those still being made are not.
     *
     * @throws ConfigurationFault if a row is not what this program wrote
     */
    public List<CataloguedKey> keys() {
        return store.read(rows -> rows.list(
                "SELECT * FROM signing_key_pair WHERE key_id IS NOT NULL ORDER BY alias, version, token",
                KeyRow::catalogued));
    }

    /**
     * Reads every row of keys, recipients and windows, as a transaction sees them that took some from elsewhere.
     *
     * @throws ConfigurationFault if one is not what this program writes
     */
    public static void requireReadable(Rows rows) throws SQLException {
        int _ = rows.list("SELECT * FROM signing_key_pair WHERE key_id IS NOT NULL", KeyRow::catalogued)
                .size();
        int _ = rows.list("SELECT * FROM signing_key_pair WHERE key_id IS NULL", KeyRow::pending)
                .size();
        int _ = rows.list("SELECT * FROM key_encryption_key", KeyEncryptionKeyRow::of)
                .size();
        int _ = rows.list("SELECT * FROM recipient", RecipientRow::of).size();
        int _ = rows.list("SELECT * FROM rewrap_window", RewrapWindowRow::of).size();
    }

    /** Those of this alias, in the same order. */
    public List<CataloguedKey> keys(KeyAlias alias) {
        return store.read(rows -> rows.list(
                "SELECT * FROM signing_key_pair WHERE alias = ? AND key_id IS NOT NULL ORDER BY version, token",
                KeyRow::catalogued,
                alias.value()));
    }

    /** The pairs of one version, by token; none where it is not yet made. */
    public List<CataloguedKey> keys(KeyAlias alias, int version) {
        return keys(alias).stream().filter(key -> key.version() == version).toList();
    }

    /** What differs from one moment to another where {@link #keys} does, at less cost. */
    List<String> marks() {
        return store.read(rows -> rows.list("""
                SELECT key_id || state || state_since || coalesce(compromised_since, '')
                  || substr(certificate, length(certificate) - 40) AS mark FROM signing_key_pair
                WHERE key_id IS NOT NULL ORDER BY key_id""", row -> row.getString("mark")));
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

    /** The pairs of the key of this alias whose making was begun and not finished, by version. */
    public List<PendingKey> pending(KeyAlias alias) {
        return store.read(rows -> rows.list(
                "SELECT * FROM signing_key_pair WHERE alias = ? AND key_id IS NULL ORDER BY version, token",
                KeyRow::pending,
                alias.value()));
    }

    /** The pair of a version in a token whose making was begun and not finished. */
    public Optional<PendingKey> pending(KeyAlias alias, int version, TokenLabel token) {
        return pending(alias).stream()
                .filter(key -> key.version() == version && key.token().equals(token))
                .findFirst();
    }

    /** Every pair whose making was begun and not finished. */
    public List<PendingKey> pending() {
        return store.read(rows -> rows.list(
                "SELECT * FROM signing_key_pair WHERE key_id IS NULL ORDER BY alias, version, token", KeyRow::pending));
    }

    /** Records the intent; only then may the token be asked. */
    public void begin(PendingKey key) {
        int _ = store.commit(rows -> rows.update(
                """
                INSERT INTO signing_key_pair (alias, version, token, purpose, algorithm, state, cka_id, created_at, state_since)
                VALUES (?, ?, ?, ?, ?, 'pre-active', ?, ?, ?)""",
                key.alias().value(),
                key.version(),
                key.token().value(),
                key.purpose().text(),
                key.algorithm().joseName(),
                key.ckaId().hex(),
                key.createdAt().toString(),
                key.createdAt().toString()));
    }

    /** Keeps a proven pair in the state it comes into, pre-active or active, and tells the audit log in the same transaction. */
    public void finish(CataloguedKey key, Leaf leaf) {
        String certificate = StoredRow.encoded(key.chain());
        String publicKey = StoredRow.encoded(key.verificationKey().spki());
        int touched = store.commit(rows -> {
            new Leaves(rows).append(leaf);
            return rows.update(
                    """
                UPDATE signing_key_pair SET state = ?, state_since = ?, key_id = ?, public_key = ?, certificate = ?
                WHERE alias = ? AND version = ? AND token = ? AND cka_id = ? AND key_id IS NULL""",
                    key.state().text(),
                    key.status().since().toString(),
                    key.keyId().value(),
                    publicKey,
                    certificate,
                    key.alias().value(),
                    key.version(),
                    key.token().value(),
                    key.ckaId().hex());
        });
        requireTouched(touched, key);
    }

    /** Forgets a pair whose making was begun and is not to be finished, and tells the audit log in the same transaction. */
    public void abandon(PendingKey key, Leaf leaf) {
        int _ = store.commit(rows -> {
            long _ = new Leaves(rows).append(leaf);
            return rows.update(
                    "DELETE FROM signing_key_pair WHERE cka_id = ? AND key_id IS NULL",
                    key.ckaId().hex());
        });
    }

    /** Makes all these changes of states in one transaction, or none. */
    public void change(List<KeyTransition> transitions) {
        int _ = store.commit(rows -> {
            for (KeyTransition transition : transitions) {
                if (transition.leaf().isPresent()) {
                    long _ = new Leaves(rows).append(transition.leaf().get());
                }
                requireTouched(change(rows, transition), transition.key());
            }
            return transitions.size();
        });
    }

    private static int change(Rows rows, KeyTransition transition) throws SQLException {
        return rows.update(
                """
                UPDATE signing_key_pair SET state = ?, state_since = ?, compromised_since = ?
                WHERE key_id = ? AND state = ?""",
                transition.to().state().text(),
                transition.to().since().toString(),
                transition.to().compromisedSince().map(Instant::toString).orElse(null),
                transition.key().keyId().value(),
                transition.key().state().text());
    }

    /** Gives a pair other certificates, and tells the audit log in the same transaction. */
    public void certify(CataloguedKey key, List<X509Certificate> chain, Leaf leaf) {
        int touched = store.commit(rows -> {
            new Leaves(rows).append(leaf);
            return rows.update(
                    "UPDATE signing_key_pair SET certificate = ? WHERE key_id = ? AND state = ?",
                    StoredRow.encoded(chain),
                    key.keyId().value(),
                    key.state().text());
        });
        requireTouched(touched, key);
    }

    private static void requireTouched(int touched, CataloguedKey key) {
        if (touched != 1) {
            throw new ConfigurationFault(key.name() + " was changed in the catalogue meanwhile; run the command again");
        }
    }

    /** Has no pair in a token sign any more that is lost, and tells the audit log in the same transaction. What they signed stays valid. */
    public void deactivate(TokenLabel lost, Leaf leaf) {
        int _ = store.commit(rows -> {
            long _ = new Leaves(rows).append(leaf);
            return rows.update("""
                    UPDATE signing_key_pair SET state = 'deactivated', state_since = ?
                    WHERE token = ? AND state IN ('active', 'suspended')""", leaf.time().toString(), lost.value());
        });
    }
}
