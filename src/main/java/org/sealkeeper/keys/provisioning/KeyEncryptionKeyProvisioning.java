package org.sealkeeper.keys.provisioning;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyEncryptionKeyRow;
import org.sealkeeper.keys.KeyEncryptionKeySelfTest;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.TokenEnforcement;
import org.sealkeeper.store.Store;

/**
 * Makes, rotates and destroys key-encryption keys.
 *
 * <p>May die at any moment, as {@link Provisioning} may: the row comes before the token, and the next run finishes what this
 * one began.
 */
public final class KeyEncryptionKeyProvisioning {
    private static final int FIRST_VERSION = 1;

    private final Hsm hsm;
    private final KeyEncryptionKeyTable table;
    private final KeyEncryptionKeys keys;
    private final KeyCatalogue signingKeys;
    private final SecureRandom random;
    private final InstantSource clock;

    /** Needs the {@link ProvisioningLock}: two at once would destroy what the other is making. */
    public KeyEncryptionKeyProvisioning(
            Hsm hsm, Store store, SecureRandom random, InstantSource clock, ProvisioningLock held) {
        held.requireHeld();
        this.hsm = hsm;
        this.table = new KeyEncryptionKeyTable(store);
        this.keys = new KeyEncryptionKeys(store);
        this.signingKeys = new KeyCatalogue(store);
        this.random = random;
        this.clock = clock;
    }

    /**
     * Refuses an alias that a signing key has.
     *
     * @throws ConfigurationFault naming the key
     */
    public void check(KeyAlias declared) {
        if (signingKeys.newest(declared).isPresent()
                || signingKeys.pending(declared).isPresent()) {
            throw new ConfigurationFault(
                    "key '" + declared + "' is declared as a key-encryption key, but the catalogue "
                            + "has it as a signing key; a key never changes: choose a new alias");
        }
    }

    /** Makes the first version unless there is one; proves the active one in either case. */
    public ProvisionedKeyEncryptionKey apply(KeyAlias declared) {
        check(declared);
        Optional<KeyEncryptionKey> active = keys.active(declared);
        if (active.isPresent()) {
            new KeyEncryptionKeySelfTest(hsm).pass(active.get());
            return new ProvisionedKeyEncryptionKey(active.get(), ProvisionedKey.Outcome.UNCHANGED);
        }
        return makeNext(declared);
    }

    /**
     * Makes a new version that wraps from now on; the one before it only unwraps.
     *
     * @throws ConfigurationFault if there is no such key, or a rewrap window of it is open
     */
    public ProvisionedKeyEncryptionKey rotate(KeyAlias alias) {
        if (keys.active(alias).isEmpty()) {
            throw new ConfigurationFault("there is no active key-encryption key '" + alias
                    + "'; declare it in keys.yaml, and run 'sealkeeper keys apply'");
        }
        refuseDuringWindow(alias);
        return makeNext(alias);
    }

    /**
     * Destroys a version that only unwraps, and proves that it is gone. What it wrapped is lost for good.
     *
     * @return false if an earlier run had destroyed it
     * @throws ConfigurationFault if there is no such version, it is active, or a rewrap window of it is open
     */
    public boolean destroy(KeyAlias alias, int version) {
        KeyEncryptionKeyRow row = table.version(alias, version)
                .orElseThrow(() -> new ConfigurationFault("there is no key-encryption key '" + alias + "' version "
                        + version + "; 'sealkeeper keys list' shows those there are"));
        return switch (row.state()) {
            case PRE_ACTIVE ->
                throw new ConfigurationFault("key-encryption key '" + alias + "' version " + version
                        + " was never finished; run 'sealkeeper keys rotate' or 'sealkeeper keys apply' again");
            case ACTIVE ->
                throw new ConfigurationFault("key-encryption key '" + alias + "' version " + version
                        + " is the active one; rotate it, and re-wrap what it wrapped, first");
            case DESTROYED -> false;
            case DEACTIVATED, DESTROYING -> {
                refuseDuringWindow(alias);
                destroy(row);
                yield true;
            }
        };
    }

    private void destroy(KeyEncryptionKeyRow row) {
        table.beginDestruction(row);
        hsm.dataKeyAdministration().destroy(row.ckaId());
        table.endDestruction(row, leaf(Operation.DESTROY_KEY, row));
    }

    private ProvisionedKeyEncryptionKey makeNext(KeyAlias alias) {
        Optional<KeyEncryptionKeyRow> newest = table.newest(alias);
        if (newest.isPresent() && newest.get().state() == KeyEncryptionKeyRow.State.PRE_ACTIVE) {
            hsm.dataKeyAdministration().destroy(newest.get().ckaId());
            return new ProvisionedKeyEncryptionKey(make(newest.get()), ProvisionedKey.Outcome.FINISHED);
        }
        var pending = new KeyEncryptionKeyRow(
                alias,
                newest.map(row -> row.version() + 1).orElse(FIRST_VERSION),
                KeyEncryptionKeyRow.State.PRE_ACTIVE,
                CkaId.random(random),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
        TokenEnforcement.requireOf(hsm);
        table.begin(pending);
        return new ProvisionedKeyEncryptionKey(make(pending), ProvisionedKey.Outcome.CREATED);
    }

    private KeyEncryptionKey make(KeyEncryptionKeyRow pending) {
        KeyEncryptionKey key = pending.in(KeyEncryptionKey.State.ACTIVE);
        hsm.dataKeyAdministration().generateKeyEncryptionKey(key.ckaId(), key.label());
        new KeyEncryptionKeySelfTest(hsm).pass(key);
        Operation made = key.version() == FIRST_VERSION ? Operation.CREATE_KEY : Operation.ROTATE_KEY;
        table.activate(pending, leaf(made, pending));
        return key;
    }

    private void refuseDuringWindow(KeyAlias alias) {
        if (keys.openWindow(alias).isPresent()) {
            throw new ConfigurationFault("a rewrap window of '" + alias
                    + "' is open; let it do its work, and close it with 'sealkeeper rewrap-window close' first");
        }
    }

    private Leaf leaf(Operation operation, KeyEncryptionKeyRow key) {
        return RecordedChange.leaf(clock.instant(), operation, new Subject.SecretKey(key.alias(), key.version()));
    }
}
