package org.sealkeeper.keys;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;

/**
 * The keys that verify what this appliance shows: its own, and those that sign blocks at the other appliances of its database, which each
 * of them publishes there. Safe for use by many threads.
 */
public final class PublishedKeys {
    private static final Comparator<CataloguedKey> BY_ALIAS_AND_VERSION =
            Comparator.comparing((CataloguedKey key) -> key.alias().value()).thenComparing(CataloguedKey::version);

    private final Store store;
    private final List<CataloguedKey> own;
    private volatile List<CataloguedKey> all;

    public PublishedKeys(Store store, KeyRing own) {
        this.store = store;
        this.own = own.keys();
        this.all = this.own;
    }

    /**
     * Publishes this appliance's own keys, before it signs with any of them.
     *
     * @return whether there is one among them that the others cannot know yet
     */
    public boolean publish() {
        return store.commit(rows -> {
            long before = published(rows);
            for (CataloguedKey key : own) {
                if (isForBlocks(key)) {
                    publish(rows, key);
                }
            }
            return published(rows) > before;
        });
    }

    private static long published(Rows rows) throws SQLException {
        return rows.first("SELECT count(*) FROM published_key", row -> row.getLong(1))
                .orElse(0L);
    }

    private static void publish(Rows rows, CataloguedKey key) throws SQLException {
        rows.update(
                """
                INSERT INTO published_key (key_id, appliance, alias, version, token, purpose, algorithm, state, cka_id,
                created_at, public_key, certificate)
                VALUES (?, (SELECT name FROM this_appliance), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (key_id) DO UPDATE SET state = excluded.state""",
                key.keyId().value(),
                key.alias().value(),
                key.version(),
                key.token().value(),
                key.purpose().text(),
                key.verificationKey().algorithm().joseName(),
                key.state().text(),
                key.ckaId().hex(),
                key.createdAt().toString(),
                StoredRow.encoded(key.verificationKey().spki()),
                StoredRow.encoded(key.certificate()));
    }

    /** Looks for what the others have published since. */
    public void refresh() {
        List<CataloguedKey> others = store.read(rows -> rows.list(
                "SELECT * FROM published_key WHERE appliance <> (SELECT name FROM this_appliance)",
                KeyRow::catalogued));
        all = Stream.concat(own.stream(), others.stream().filter(PublishedKeys::isForBlocks))
                .sorted(BY_ALIAS_AND_VERSION)
                .toList();
    }

    private static boolean isForBlocks(CataloguedKey key) {
        return key.purpose() == KeyPurpose.BLOCK_SIGNING;
    }

    /** Every key pair there is or was, by alias and version. */
    public List<CataloguedKey> all() {
        return all;
    }

    /** The key pair of this id, of whatever state; empty where no appliance of the database has it. */
    public Optional<CataloguedKey> key(KeyId keyId) {
        return all.stream().filter(key -> key.keyId().equals(keyId)).findFirst();
    }
}
