package org.sealkeeper.keys;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.store.Store;

/**
 * The key-encryption keys, their recipients and their rewrap windows, as the store has them now: what a command changes
 * beside the running service holds from the next call on. Its methods block while the store reads.
 */
public final class KeyEncryptionKeys {
    private final Store store;

    public KeyEncryptionKeys(Store store) {
        this.store = store;
    }

    /** The version that wraps new data keys. */
    public Optional<KeyEncryptionKey> active(KeyAlias alias) {
        return store.read(rows -> rows.first(
                        "SELECT * FROM key_encryption_key WHERE alias = ? AND state = 'active'",
                        KeyEncryptionKeyRow::of,
                        alias.value()))
                .flatMap(KeyEncryptionKeyRow::key);
    }

    /** One version, of whatever state; empty where there never was one. */
    public Optional<KeyEncryptionKey> version(KeyAlias alias, int version) {
        return store.read(rows -> rows.first(
                        "SELECT * FROM key_encryption_key WHERE alias = ? AND version = ?",
                        KeyEncryptionKeyRow::of,
                        alias.value(),
                        version))
                .flatMap(KeyEncryptionKeyRow::key);
    }

    /** Every version there is or was, by alias and version; those still being made are not among them. */
    public List<KeyEncryptionKey> all() {
        return rows().flatMap(row -> row.key().stream()).toList();
    }

    /** The tokens that have some version which is not destroyed. */
    public Set<TokenLabel> tokens() {
        return all().stream()
                .filter(key -> key.state() != KeyEncryptionKey.State.DESTROYED)
                .flatMap(key -> key.tokens().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those whose making was begun and not finished. */
    public List<String> unfinished() {
        return rows().filter(row -> row.key().isEmpty())
                .map(row -> row.alias() + " version " + row.version())
                .toList();
    }

    /** The recipient of this name, if data keys may be released to it; empty once it is retired. */
    public Optional<Recipient> recipient(RecipientName name) {
        return store.read(rows -> rows.first(
                        "SELECT * FROM recipient WHERE name = ? AND state = 'enrolled'",
                        RecipientRow::of,
                        name.value()))
                .map(RecipientRow::recipient);
    }

    /** All recipients there are or were, by name and time. */
    public List<Recipient> recipients() {
        return store
                .read(rows -> rows.list(
                        "SELECT * FROM recipient WHERE state <> 'enrolling' ORDER BY name, enrolled_at",
                        RecipientRow::of))
                .stream()
                .map(RecipientRow::recipient)
                .toList();
    }

    /** The rewrap window of a key that is open now. */
    public Optional<RewrapWindow> openWindow(KeyAlias alias) {
        return store.read(rows -> rows.first(
                        "SELECT * FROM rewrap_window WHERE alias = ? AND state = 'open'",
                        RewrapWindowRow::of,
                        alias.value()))
                .map(RewrapWindowRow::window);
    }

    /** Every rewrap window there is or was, by time; those still being opened are not among them. */
    public List<RewrapWindow> windows() {
        return store
                .read(rows -> rows.list(
                        "SELECT * FROM rewrap_window WHERE state <> 'opening' ORDER BY opened_at, alias",
                        RewrapWindowRow::of))
                .stream()
                .map(RewrapWindowRow::window)
                .toList();
    }

    private Stream<KeyEncryptionKeyRow> rows() {
        return store
                .read(rows ->
                        rows.list("SELECT * FROM key_encryption_key ORDER BY alias, version", KeyEncryptionKeyRow::of))
                .stream();
    }
}
