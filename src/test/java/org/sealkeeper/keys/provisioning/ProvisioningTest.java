package org.sealkeeper.keys.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.HandMadeKey;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.PendingKey;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.TestAppliance;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

class ProvisioningTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final DeclaredKey DECLARED = declared(KeyPurpose.BLOCK_SIGNING, SigningAlgorithm.ES256);

    @TempDir
    private Path folder;

    private TestAppliance appliance;
    private Store store;
    private KeyCatalogue catalogue;
    private Hsm hsm;
    private ProvisioningLock lock;
    private Provisioning provisioning;

    @BeforeEach
    void open() {
        appliance = TestAppliance.in(folder);
        store = Store.open(appliance.store());
        catalogue = KeyCatalogue.open(store, List.of(appliance.token().label()));
        hsm = appliance.token().open();
        lock = ProvisioningLock.take(appliance.store());
        provisioning = new Provisioning(
                Tokens.of(hsm),
                catalogue,
                new SecureRandom(),
                InstantSource.fixed(NOW),
                new ChangePermit(lock, ChangeControl.ofOperator()));
    }

    @AfterEach
    void close() {
        lock.close();
        hsm.close();
        store.close();
    }

    private static DeclaredKey declared(KeyPurpose purpose, SigningAlgorithm algorithm) {
        return new DeclaredKey(new KeyAlias("lab-a-blocks"), purpose, algorithm);
    }

    @ParameterizedTest
    @EnumSource
    void aMissingKeyIsMadeCertifiedAndCatalogued(SigningAlgorithm algorithm) throws GeneralSecurityException {
        ProvisionedKey made = provisioning.apply(declared(KeyPurpose.BLOCK_SIGNING, algorithm), hsm);
        assertThat(made.outcome()).isEqualTo(ProvisionedKey.Outcome.CREATED);
        X509Certificate certificate = made.key().certificate();
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("OU=block-signing,CN=lab-a-blocks-v1");
        assertThat(certificate.getNotBefore()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(certificate.getNotAfter()).isEqualTo("9999-12-31T23:59:59Z");
        assertThat(KeyRing.open(Tokens.of(hsm), catalogue).keys())
                .extracting(CataloguedKey::keyId)
                .containsExactly(made.key().keyId());
        assertThat(objectsWithId(made.key().ckaId())).isEqualTo(3);
    }

    @Test
    void aKeyThatIsThereIsLeftAsItIs() {
        CataloguedKey made = provisioning.apply(DECLARED, hsm).key();
        ProvisionedKey again = provisioning.apply(DECLARED, hsm);
        assertThat(again.outcome()).isEqualTo(ProvisionedKey.Outcome.UNCHANGED);
        assertThat(again.key().keyId()).isEqualTo(made.keyId());
    }

    @Test
    void anInterruptedMakingIsDoneAnewAndItsLeftoversAreDestroyed() throws PKCS11Exception {
        CkaId id = CkaId.random(new SecureRandom());
        catalogue.begin(new PendingKey(
                DECLARED.alias(),
                1,
                hsm.label(),
                DECLARED.purpose(),
                DECLARED.algorithm(),
                id,
                Instant.parse("2026-02-01T00:00:00Z")));
        CkaId foreign = CkaId.random(new SecureRandom());
        try (HandMadeKey hand = HandMadeKey.in(appliance.token().settings())) {
            hand.generate(id, "lab-a-blocks-v1");
            hand.generate(foreign, "not ours");
        }
        ProvisionedKey finished = provisioning.apply(DECLARED, hsm);
        assertThat(finished.outcome()).isEqualTo(ProvisionedKey.Outcome.FINISHED);
        assertThat(KeyRing.open(Tokens.of(hsm), catalogue).keys()).hasSize(1);
        assertThat(catalogue.pending()).isEmpty();
        assertThat(objectsWithId(id)).isEqualTo(3);
        assertThat(objectsWithId(foreign)).isEqualTo(2);
    }

    @Test
    void aDeclarationThatContradictsTheCatalogueIsRefused() {
        CataloguedKey _ = provisioning.apply(DECLARED, hsm).key();
        List<DeclaredKey> changed = List.of(declared(KeyPurpose.AUDIT_SIGNING, SigningAlgorithm.ES384));
        assertThatThrownBy(() -> provisioning.check(changed))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(
                        "key 'lab-a-blocks' is declared as audit-signing with ES384, but the catalogue has it as"
                                + " block-signing with ES256; a key never changes: correct the declaration, or choose a new alias");
    }

    @Test
    void aSecondProvisionerOnTheSameStoreIsRefused() {
        assertThatThrownBy(() -> ProvisioningLock.take(appliance.store()))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageEndingWith("another command that changes keys is running on this store; let it end");
    }

    private int objectsWithId(CkaId id) {
        try (HandMadeKey hand = HandMadeKey.in(appliance.token().settings())) {
            return hand.objectsWithId(id);
        }
    }
}
