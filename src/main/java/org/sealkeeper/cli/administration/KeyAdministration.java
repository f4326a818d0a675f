package org.sealkeeper.cli.administration;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.ceremony.Ceremonies;
import org.sealkeeper.ceremony.catalogue.CatalogueImport;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.hsm.TokenDescription;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.Jwks;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.Recipient;
import org.sealkeeper.keys.planning.Plan;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.ChangeControl;
import org.sealkeeper.keys.provisioning.ChangePermit;
import org.sealkeeper.keys.provisioning.KeyEncryptionKeyProvisioning;
import org.sealkeeper.keys.provisioning.KeysFile;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.keys.provisioning.Recipients;
import org.sealkeeper.keys.provisioning.RewrapWindows;
import org.sealkeeper.keys.provisioning.SigningKeyCertificates;
import org.sealkeeper.keys.provisioning.SigningKeyDestruction;
import org.sealkeeper.keys.provisioning.SigningKeyPreparation;
import org.sealkeeper.keys.provisioning.SigningKeyStates;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.rollback.LostToken;
import org.sealkeeper.rollback.TokenMemories;
import org.sealkeeper.store.ServingLock;
import org.sealkeeper.store.Store;

/**
 * What a command opens that changes keys: the store, and the lock that lets one such command run at a time. The tokens are
 * opened apart, because each lets either its user or its security officer into a process, not both.
 */
public final class KeyAdministration implements AutoCloseable {
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.system();
    private final ApplianceFile appliance;
    private final List<TokenSettings> tokens;
    private final Store store;
    private final ProvisioningLock lock;
    private final ChangePermit permit;

    private KeyAdministration(
            ApplianceFile appliance,
            List<TokenSettings> tokens,
            Store store,
            ProvisioningLock lock,
            ChangeControl control) {
        this.appliance = appliance;
        this.tokens = List.copyOf(tokens);
        this.store = store;
        this.lock = lock;
        this.permit = new ChangePermit(lock, control);
    }

    /**
     * Opens the store of an appliance and takes its lock. Where officers approve changes, none can be made through this.
     *
     * @throws org.sealkeeper.config.ConfigurationFault if the store cannot be used, or another command holds the lock
     */
    public static KeyAdministration open(ApplianceFile appliance) {
        List<TokenSettings> tokens = TokenSettings.of(appliance);
        Store store = Store.open(appliance.store());
        try {
            ProvisioningLock lock = ProvisioningLock.take(appliance.store());
            ChangeControl control = new Ceremonies(store, InstantSource.system(), lock).outside();
            return new KeyAdministration(appliance, tokens, store, lock, control);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** The same store and lock, under another control; close the one that was opened. */
    public KeyAdministration under(ChangeControl control) {
        return new KeyAdministration(appliance, tokens, store, lock, control);
    }

    /** The same without tokens that are lost; close the one that was opened. */
    public KeyAdministration without(Collection<TokenLabel> lost) {
        List<TokenSettings> others =
                tokens.stream().filter(token -> !lost.contains(token.label())).toList();
        return new KeyAdministration(appliance, others, store, lock, permit.control());
    }

    /** Opens the tokens as their user; the caller closes them first. */
    public Tokens tokens() {
        return Tokens.open(tokens);
    }

    /** The tokens there are. */
    public List<TokenLabel> labels() {
        return tokens.stream().map(TokenSettings::label).toList();
    }

    /** What a token says of itself. */
    public TokenDescription description(TokenLabel label) {
        return tokens.stream()
                .filter(token -> token.label().equals(label))
                .map(token -> TokenDescription.find(token.profile(), label))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Opens these tokens as their security officers; the caller closes them first.
     *
     * @throws org.sealkeeper.config.ConfigurationFault also if a PIN is not given, or refused
     */
    public SecurityOfficers officers(OfficerPins pins, List<TokenLabel> needed) {
        return SecurityOfficers.open(tokens, pins.of(needed, labels()));
    }

    public Provisioning signingKeys(Tokens opened) {
        return new Provisioning(opened, catalogue(), random, clock, permit);
    }

    /** Makes new versions of keys that sign. */
    public SigningKeyPreparation signingKeyPreparation(Tokens opened) {
        return new SigningKeyPreparation(opened, catalogue(), random, clock, permit);
    }

    /** Brings versions of keys that sign into other states. */
    public SigningKeyStates signingKeyStates(Tokens opened) {
        return new SigningKeyStates(opened, catalogue(), random, clock, permit);
    }

    /** The certificates of keys that sign. */
    public SigningKeyCertificates signingKeyCertificates(Tokens opened) {
        return new SigningKeyCertificates(opened, catalogue(), random, clock, permit);
    }

    /** Destroys versions of keys that sign no more. */
    public SigningKeyDestruction signingKeyDestruction(Tokens opened) {
        return new SigningKeyDestruction(opened, catalogue(), random, clock, permit);
    }

    /** Whether the key of this alias is one that signs. */
    public boolean signs(KeyAlias alias) {
        return !catalogue().keys(alias).isEmpty() || !catalogue().pending(alias).isEmpty();
    }

    private KeyCatalogue catalogue() {
        return KeyCatalogue.open(store, labels());
    }

    public KeyEncryptionKeyProvisioning keyEncryptionKeys(Tokens opened) {
        return new KeyEncryptionKeyProvisioning(opened, store, catalogue(), random, clock, permit);
    }

    /** What differs between what is declared and what these tokens have. */
    public Plan plan(KeysFile declared, Tokens opened) {
        List<TokenLabel> trusting = recipients().tokens(labels());
        List<Recipient> known = new KeyEncryptionKeys(store).recipients();
        return Plan.of(
                        declared,
                        opened,
                        store,
                        trusting,
                        signingKeys(opened),
                        signingKeyPreparation(opened),
                        keyEncryptionKeys(opened),
                        clock.instant())
                .and(new AccessSteps(recipients(), known, trusting, ceremonies().officers()).of(declared));
    }

    /** The recipients to which data keys may be released. */
    public Recipients recipients() {
        KeyCatalogue _ = catalogue();
        return new Recipients(store, clock, permit);
    }

    /** When data keys may move between the versions of a key-encryption key. */
    public RewrapWindows rewrapWindows() {
        KeyCatalogue _ = catalogue();
        return new RewrapWindows(store, random, clock, permit);
    }

    /** The requests that officers approve. */
    public Ceremonies ceremonies() {
        return new Ceremonies(store, clock, lock);
    }

    /**
     * Goes on without a token that is lost for good. The appliance must be stopped.
     *
     * @throws org.sealkeeper.config.ConfigurationFault also if the token is there, or may not be forgotten: nothing was changed
     */
    public void forget(Change.ForgetToken change) {
        TokenLabel lost = change.token();
        // The tokens watch over this one from then on, and no other change could be recorded through it.
        try (Store watched = Store.open(appliance.store());
                var _ = ServingLock.take(appliance.store());
                Tokens opened = Tokens.open(TokenSettings.of(appliance))) {
            KeyCatalogue catalogue = KeyCatalogue.open(watched, labels());
            var memories = new TokenMemories(opened, System::nanoTime);
            new LostToken(watched, memories, AuditFile.read(appliance.audit()), Chains::heads)
                    .forget(
                            lost,
                            () -> catalogue.deactivate(
                                    lost, LostToken.leaf(lost, clock.instant()).decidedBy(permit.require(change))));
        }
    }

    /** Takes catalogues that were exported. */
    public CatalogueImport catalogueImport() {
        KeyCatalogue _ = catalogue();
        return new CatalogueImport(store, clock, permit);
    }

    /** Makes a change of those who approve changes. */
    public void change(Change.ChangeOfficers change) {
        ceremonies().change(change, ConfigFile.text(appliance.policy()), permit.control());
    }

    /** Lets a policy come into force; returns false if it was let before. */
    public boolean approve(Change.ApprovePolicy change) {
        return ceremonies().approve(change, permit.control());
    }

    /** Those that sign, as a JWK Set (RFC 7517). */
    public String publicKeys() {
        return Jwks.of(catalogue().keys());
    }

    @Override
    public void close() {
        try (store) {
            lock.close();
        }
    }
}
