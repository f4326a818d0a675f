package org.sealkeeper.keys.provisioning;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
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

    private final Tokens tokens;
    private final Store store;
    private final KeyEncryptionKeyTable table;
    private final KeyEncryptionKeys keys;
    private final KeyCatalogue signingKeys;
    private final SecureRandom random;
    private final InstantSource clock;
    private final ChangePermit permit;

    public KeyEncryptionKeyProvisioning(
            Tokens tokens,
            Store store,
            KeyCatalogue signingKeys,
            SecureRandom random,
            InstantSource clock,
            ChangePermit permit) {
        this.permit = permit;
        this.tokens = tokens;
        this.store = store;
        this.table = new KeyEncryptionKeyTable(store);
        this.keys = new KeyEncryptionKeys(store);
        this.signingKeys = signingKeys;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Refuses an alias that a signing key has, and tokens that a key cannot be in.
     *
     * @throws ConfigurationFault naming the key
     */
    public void check(DeclaredKeyEncryptionKey declared) {
        KeyAlias alias = declared.alias();
        if (isSigning(alias)) {
            throw new ConfigurationFault("key '" + alias + "' is declared as a key-encryption key, but the catalogue "
                    + "has it as a signing key; a key never changes: choose a new alias");
        }
        if (tokensOf(declared).size() > KeyEncryptionKey.MOST_TOKENS) {
            throw new ConfigurationFault("key '" + alias
                    + "' is declared for every token of the appliance; name those it is to be in, at most "
                    + KeyEncryptionKey.MOST_TOKENS + ", under 'tokens'");
        }
    }

    private boolean isSigning(KeyAlias alias) {
        return !signingKeys.keys(alias).isEmpty() || !signingKeys.pending(alias).isEmpty();
    }

    /** The tokens that a declared key is to be in. */
    public List<TokenLabel> tokensOf(DeclaredKeyEncryptionKey declared) {
        return declared.tokens().isEmpty()
                ? tokens.labels()
                : declared.tokens().stream()
                        .map(label -> tokens.require(label).label())
                        .toList();
    }

    /**
     * Makes the first version unless there is one; proves the active one in either case. The active one stays in the tokens it was made in,
     * whichever are declared now.
     *
     * @throws org.sealkeeper.hsm.HsmFault also if one of the tokens is not used now
     */
    public ProvisionedKeyEncryptionKey apply(DeclaredKeyEncryptionKey declared) {
        check(declared);
        Optional<KeyEncryptionKey> active = keys.active(declared.alias());
        if (active.isPresent()) {
            prove(active.get());
            return new ProvisionedKeyEncryptionKey(active.get(), ProvisionedKey.Outcome.UNCHANGED);
        }
        return makeNext(declared.alias(), tokensOf(declared));
    }

    /**
     * Makes a new version that wraps from now on; the one before it only unwraps.
     *
     * @param declared in which tokens; empty for those an interrupted run had begun it in, or those of the version before
     * @throws ConfigurationFault if there is no such key, or a rewrap window of it is open
     * @throws org.sealkeeper.hsm.HsmFault also if one of the tokens is not used now
     */
    public ProvisionedKeyEncryptionKey rotate(KeyAlias alias, Optional<DeclaredKeyEncryptionKey> declared) {
        return makeNext(alias, rotation(alias, declared).tokens());
    }

    /**
     * What {@link #rotate} changes.
     *
     * @throws ConfigurationFault as that does
     */
    public Change.RotateKey rotation(KeyAlias alias, Optional<DeclaredKeyEncryptionKey> declared) {
        KeyEncryptionKey active = keys.active(alias)
                .orElseThrow(() -> new ConfigurationFault("there is no active key-encryption key '" + alias
                        + "'; declare it in keys.yaml, and run 'sealkeeper keys apply'"));
        refuseDuringWindow(alias);
        declared.ifPresent(this::check);
        KeyEncryptionKeyRow newest = table.newest(alias).orElseThrow();
        return new Change.RotateKey(
                alias,
                isUnfinished(newest) ? newest.version() : newest.version() + 1,
                declared.map(this::tokensOf).orElse(isUnfinished(newest) ? newest.tokens() : active.tokens()));
    }

    /** Whether this version is the one that wraps. */
    public boolean isActive(KeyAlias alias, int version) {
        return keys.active(alias).map(KeyEncryptionKey::version).equals(Optional.of(version));
    }

    /**
     * Destroys a version that only unwraps, and proves that it is gone. What it wrapped is lost for good.
     *
     * @param change with the number of data keys that are meant to be lost
     * @return false if an earlier run had destroyed it
     * @throws ConfigurationFault if there is no such version, it is active, a rewrap window of it is open, or more data keys would be lost
     */
    public boolean destroy(Change.DestroyKey change) {
        Change.DestroyKey now = destruction(change.alias(), change.version());
        KeyEncryptionKeyRow row =
                table.version(change.alias(), change.version()).orElseThrow();
        if (row.state() == KeyEncryptionKeyRow.State.DESTROYED) {
            return false;
        }
        if (now.dataKeys() > change.dataKeys()) {
            throw new ConfigurationFault("expected at most " + change.dataKeys()
                    + " data keys under key-encryption key '" + change.alias() + "' version " + change.version()
                    + ", found that the audit log knows of " + now.dataKeys() + ": re-wrap them, or ask anew");
        }
        destroy(row, permit.require(change));
        return true;
    }

    /**
     * What {@link #destroy} changes, with the number of data keys that would be lost now. Reads the whole audit log of the store.
     *
     * @throws ConfigurationFault as that does
     */
    public Change.DestroyKey destruction(KeyAlias alias, int version) {
        KeyEncryptionKeyRow row = table.version(alias, version)
                .orElseThrow(() -> new ConfigurationFault("there is no key-encryption key '" + alias + "' version "
                        + version + "; 'sealkeeper keys list' shows those there are"));
        switch (row.state()) {
            case PRE_ACTIVE ->
                throw new ConfigurationFault("key-encryption key '" + alias + "' version " + version
                        + " was never finished; run 'sealkeeper keys rotate' or 'sealkeeper keys apply' again");
            case ACTIVE ->
                throw new ConfigurationFault("key-encryption key '" + alias + "' version " + version
                        + " is the active one; rotate it, and re-wrap what it wrapped, first");
            case DEACTIVATED, DESTROYING -> refuseDuringWindow(alias);
            case DESTROYED -> {}
        }
        return new Change.DestroyKey(alias, version, KnownDataKeys.under(store, alias, version));
    }

    private void destroy(KeyEncryptionKeyRow row, Decision by) {
        table.beginDestruction(row);
        destroyIn(row.tokens(), row);
        table.endDestruction(row, leaf(Operation.DESTROY_KEY, row).decidedBy(by));
    }

    /** In those that are the appliance's; all others first, where one of them is not used. */
    private void destroyIn(List<TokenLabel> labels, KeyEncryptionKeyRow row) {
        tokens.used().stream()
                .filter(token -> labels.contains(token.label()))
                .forEach(token -> token.dataKeyAdministration().destroy(row.ckaId()));
        List<Hsm> _ = tokens.requireUsed(labels);
    }

    private ProvisionedKeyEncryptionKey makeNext(KeyAlias alias, List<TokenLabel> wanted) {
        wanted.forEach(tokens::require);
        List<Hsm> ready = tokens.requireUsed(wanted);
        Optional<KeyEncryptionKeyRow> newest = table.newest(alias);
        if (newest.filter(KeyEncryptionKeyProvisioning::isUnfinished).isPresent()) {
            KeyEncryptionKeyRow begun = newest.get();
            Decision by = permit.require(making(begun.in(wanted)));
            destroyIn(begun.tokens(), begun);
            ready.forEach(token -> token.inspection().destroyCutOff());
            table.retarget(begun, wanted);
            return new ProvisionedKeyEncryptionKey(make(begun.in(wanted), ready, by), ProvisionedKey.Outcome.FINISHED);
        }
        var pending = new KeyEncryptionKeyRow(
                alias,
                newest.map(row -> row.version() + 1).orElse(FIRST_VERSION),
                KeyEncryptionKeyRow.State.PRE_ACTIVE,
                CkaId.random(random),
                wanted,
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
        Decision by = permit.require(making(pending));
        ready.forEach(TokenEnforcement::requireOf);
        table.begin(pending);
        return new ProvisionedKeyEncryptionKey(make(pending, ready, by), ProvisionedKey.Outcome.CREATED);
    }

    private static Change making(KeyEncryptionKeyRow row) {
        return row.version() == FIRST_VERSION
                ? new Change.CreateKeyEncryptionKey(row.alias(), row.tokens())
                : new Change.RotateKey(row.alias(), row.version(), row.tokens());
    }

    private static boolean isUnfinished(KeyEncryptionKeyRow row) {
        return row.state() == KeyEncryptionKeyRow.State.PRE_ACTIVE;
    }

    private void prove(KeyEncryptionKey key) {
        tokens.requireUsed(key.tokens()).forEach(token -> new KeyEncryptionKeySelfTest(token).pass(key));
    }

    private KeyEncryptionKey make(KeyEncryptionKeyRow pending, List<Hsm> in, Decision by) {
        KeyEncryptionKey key = pending.in(KeyEncryptionKey.State.ACTIVE);
        in.forEach(token -> token.dataKeyAdministration()
                .generateKeyEncryptionKey(key.ckaId(), key.label(), key.isInSeveralTokens()));
        prove(key);
        Operation made = key.version() == FIRST_VERSION ? Operation.CREATE_KEY : Operation.ROTATE_KEY;
        table.activate(pending, leaf(made, pending).decidedBy(by));
        return key;
    }

    private void refuseDuringWindow(KeyAlias alias) {
        if (keys.openWindow(alias).isPresent()) {
            throw new ConfigurationFault("a rewrap window of '" + alias
                    + "' is open; let it do its work, and close it with 'sealkeeper rewrap-window close' first");
        }
    }

    private Leaf leaf(Operation operation, KeyEncryptionKeyRow key) {
        return Leaf.ofCommand(clock.instant(), operation, new Subject.SecretKey(key.alias(), key.version()));
    }
}
