package org.sealkeeper.keys;

import java.sql.SQLException;
import java.time.Instant;
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
    private final KeyRing own;
    private final boolean isShared;
    private volatile List<CataloguedKey> others = List.of();

    /** @param isShared whether there may be other appliances in the store */
    public PublishedKeys(Store store, KeyRing own, boolean isShared) {
        this.store = store;
        this.own = own;
        this.isShared = isShared;
    }

    /** Publishes this appliance's own keys, before it signs with any of them; as {@link #publish(List)} has it. */
    public boolean publish() {
        return publish(own.keys());
    }

    /**
     * Publishes these keys of this appliance, with their states.
     *
     * @return whether there is one among them that others cannot know yet
     */
    boolean publish(List<CataloguedKey> keys) {
        return isShared
                && store.commit(rows -> {
                    long before = published(rows);
                    for (CataloguedKey key : keys) {
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
                created_at, public_key, certificate, state_since, compromised_since)
                VALUES (?, (SELECT name FROM this_appliance), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (key_id) DO UPDATE SET state = excluded.state, state_since = excluded.state_since,
                compromised_since = excluded.compromised_since, certificate = excluded.certificate""",
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
                StoredRow.encoded(key.chain()),
                key.status().since().toString(),
                key.status().compromisedSince().map(Instant::toString).orElse(null));
    }

    /** Looks for what the others have published since. */
    public void refresh() {
        others = store
                .read(rows -> rows.list(
                        "SELECT * FROM published_key WHERE appliance <> (SELECT name FROM this_appliance)",
                        KeyRow::catalogued))
                .stream()
                .filter(PublishedKeys::isForBlocks)
                .toList();
    }

    private static boolean isForBlocks(CataloguedKey key) {
        return key.purpose() == KeyPurpose.BLOCK_SIGNING;
    }

    /** Every key pair there is or was, by alias and version. */
    public List<CataloguedKey> all() {
        return Stream.concat(own.keys().stream(), others.stream())
                .sorted(BY_ALIAS_AND_VERSION)
                .toList();
    }

    /** The key pair of this id, of whatever state; empty where no appliance of the database has it. */
    public Optional<CataloguedKey> key(KeyId keyId) {
        return own.key(keyId)
                .or(() ->
                        others.stream().filter(key -> key.keyId().equals(keyId)).findFirst());
    }
}
