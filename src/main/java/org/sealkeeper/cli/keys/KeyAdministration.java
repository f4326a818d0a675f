package org.sealkeeper.cli.keys;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.planning.Plan;
import org.sealkeeper.keys.provisioning.KeyEncryptionKeyProvisioning;
import org.sealkeeper.keys.provisioning.KeysFile;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.keys.provisioning.Recipients;
import org.sealkeeper.keys.provisioning.RewrapWindows;
import org.sealkeeper.store.Store;

/**
 * What a command opens that changes keys: the store, and the lock that lets one such command run at a time. The tokens are
 * opened apart, because each lets either its user or its security officer into a process, not both.
 */
public final class KeyAdministration implements AutoCloseable {
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.system();
    private final List<TokenSettings> tokens;
    private final Store store;
    private final ProvisioningLock lock;

    private KeyAdministration(List<TokenSettings> tokens, Store store, ProvisioningLock lock) {
        this.tokens = tokens;
        this.store = store;
        this.lock = lock;
    }

    /**
     * Opens the store of an appliance and takes its lock.
     *
     * @throws org.sealkeeper.config.ConfigurationFault if the store cannot be used, or another command holds the lock
     */
    public static KeyAdministration open(ApplianceFile appliance) {
        List<TokenSettings> tokens = TokenSettings.of(appliance);
        Store store = Store.open(appliance.store());
        try {
            return new KeyAdministration(tokens, store, ProvisioningLock.take(appliance.store()));
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Opens the tokens as their user; the caller closes them first. */
    public Tokens tokens() {
        return Tokens.open(tokens);
    }

    /** The tokens there are. */
    public List<TokenLabel> labels() {
        return tokens.stream().map(TokenSettings::label).toList();
    }

    /**
     * Opens these tokens as their security officers; the caller closes them first.
     *
     * @throws org.sealkeeper.config.ConfigurationFault also if a PIN is not given, or refused
     */
    public Officers officers(OfficerPins pins, List<TokenLabel> needed) {
        return Officers.open(tokens, pins.of(needed, labels()));
    }

    /**
     * Refuses to go on without the PIN of each of these tokens' security officers.
     *
     * @throws org.sealkeeper.config.ConfigurationFault if one of them is not given
     */
    public void requirePins(OfficerPins pins, List<TokenLabel> needed) {
        Map<TokenLabel, Path> _ = pins.of(needed, labels());
    }

    Provisioning signingKeys(Tokens opened) {
        return new Provisioning(opened, catalogue(), random, clock, lock);
    }

    private KeyCatalogue catalogue() {
        return KeyCatalogue.open(store, labels());
    }

    KeyEncryptionKeyProvisioning keyEncryptionKeys(Tokens opened) {
        return new KeyEncryptionKeyProvisioning(opened, store, catalogue(), random, clock, lock);
    }

    /** What differs between what is declared and what these tokens have. */
    Plan plan(KeysFile declared, Tokens opened) {
        return Plan.of(
                declared, opened, store, recipients().tokens(labels()), signingKeys(opened), keyEncryptionKeys(opened));
    }

    /** The recipients to which data keys may be released. */
    public Recipients recipients() {
        KeyCatalogue _ = catalogue();
        return new Recipients(store, clock, lock);
    }

    /** When data keys may move between the versions of a key-encryption key. */
    public RewrapWindows rewrapWindows() {
        KeyCatalogue _ = catalogue();
        return new RewrapWindows(store, random, clock, lock);
    }

    @Override
    public void close() {
        try (store) {
            lock.close();
        }
    }
}
