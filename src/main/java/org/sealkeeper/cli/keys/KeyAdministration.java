package org.sealkeeper.cli.keys;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.SecurityOfficer;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.provisioning.KeyEncryptionKeyProvisioning;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.keys.provisioning.Recipients;
import org.sealkeeper.keys.provisioning.RewrapWindows;
import org.sealkeeper.store.SqliteStore;
import org.sealkeeper.store.Store;

/**
 * What a command opens that changes keys: the store, and the lock that lets one such command run at a time. The token is
 * opened apart, because it lets either its user or its security officer into a process, not both.
 */
public final class KeyAdministration implements AutoCloseable {
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.system();
    private final TokenSettings token;
    private final Store store;
    private final ProvisioningLock lock;

    private KeyAdministration(TokenSettings token, Store store, ProvisioningLock lock) {
        this.token = token;
        this.store = store;
        this.lock = lock;
    }

    /**
     * Opens the store of an appliance and takes its lock.
     *
     * @throws org.sealkeeper.config.ConfigurationFault if the store cannot be used, or another command holds the lock
     */
    public static KeyAdministration open(ApplianceFile appliance) {
        var token = TokenSettings.of(appliance);
        Store store = SqliteStore.open(appliance.store());
        try {
            return new KeyAdministration(token, store, ProvisioningLock.take(appliance.store()));
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Opens the token as its user; the caller closes it first. */
    public Hsm token() {
        return Hsm.open(token);
    }

    /** Opens the token as its security officer, whose PIN is tried once; the caller closes it first. */
    public SecurityOfficer securityOfficer(Path pin) {
        return SecurityOfficer.open(token.profile(), token.label(), pin);
    }

    Provisioning signingKeys(Hsm hsm) {
        return new Provisioning(hsm, new KeyCatalogue(store), random, clock, lock);
    }

    KeyEncryptionKeyProvisioning keyEncryptionKeys(Hsm hsm) {
        return new KeyEncryptionKeyProvisioning(hsm, store, random, clock, lock);
    }

    /** The recipients to which data keys may be released. */
    public Recipients recipients() {
        return new Recipients(store, clock, lock);
    }

    /** When data keys may move between the versions of a key-encryption key. */
    public RewrapWindows rewrapWindows() {
        return new RewrapWindows(store, random, clock, lock);
    }

    @Override
    public void close() {
        try (store) {
            lock.close();
        }
    }
}
