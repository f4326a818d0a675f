package org.sealkeeper.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_COPYABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DECRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DERIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODIFIABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN_RECOVER;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.HandMadeKey;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.provisioning.ChangeControl;
import org.sealkeeper.keys.provisioning.ChangePermit;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.keys.provisioning.SelfSignedCertificate;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.TestAppliance;
import org.sealkeeper.verify.VerificationKey;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

class KeyRingTest {
    private static final String NOT_AS_DECLARED = "key 'lab-a-blocks' version 1 is not in the token '%s' as declared: ";
    private static final String REMEDY =
            ". It will not be used: find out who changed the token, then restore it from its backup";

    @TempDir
    private Path folder;

    private TestAppliance appliance;
    private Store store;
    private KeyCatalogue catalogue;
    private Hsm hsm;
    private CataloguedKey key;

    @BeforeEach
    void provision() {
        appliance = TestAppliance.in(folder);
        store = Store.open(appliance.store());
        catalogue = KeyCatalogue.open(store, List.of(appliance.token().label()));
        hsm = appliance.token().open();
        key = made("lab-a-blocks");
    }

    @AfterEach
    void close() {
        hsm.close();
        store.close();
    }

    private CataloguedKey made(String alias) {
        try (ProvisioningLock lock = ProvisioningLock.take(appliance.store())) {
            return new Provisioning(
                            Tokens.of(hsm),
                            catalogue,
                            new SecureRandom(),
                            InstantSource.system(),
                            new ChangePermit(lock, ChangeControl.ofOperator()))
                    .apply(new DeclaredKey(new KeyAlias(alias), KeyPurpose.BLOCK_SIGNING, SigningAlgorithm.ES256), hsm)
                    .key();
        }
    }

    private void assertThatOpeningIsRefused(String message) {
        assertThatThrownBy(() -> KeyRing.open(Tokens.of(hsm), catalogue))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(message);
    }

    @Test
    void aKeySignsForItsPurposeUnderItsAlias() {
        KeyRing ring = KeyRing.open(Tokens.of(hsm), catalogue);
        CataloguedKey found = ring.activeKey(key.alias(), KeyPurpose.BLOCK_SIGNING)
                .orElseThrow()
                .pairs()
                .getFirst();
        byte[] message = "block".getBytes(UTF_8);
        byte[] signature = ring.sign(found, KeyPurpose.BLOCK_SIGNING, message)
                .toCompletableFuture()
                .join();
        assertThat(key.verificationKey().verifies(message, signature)).isTrue();
        assertThat(ring.key(key.keyId())).contains(found);
    }

    @Test
    void aKeyIsRefusedForAnotherPurpose() {
        KeyRing ring = KeyRing.open(Tokens.of(hsm), catalogue);
        assertThat(ring.activeKey(key.alias(), KeyPurpose.AUDIT_SIGNING)).isEmpty();
        CataloguedKey found = ring.keys().getFirst();
        assertThatThrownBy(() -> ring.sign(found, KeyPurpose.AUDIT_SIGNING, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected an active key for audit-signing, found key 'lab-a-blocks' version 1, active, for"
                        + " block-signing");
    }

    @Test
    void aMissingKeyIsRefused() {
        assertThat(hsm.signingKeyAdministration().destroy(key.ckaId())).isEqualTo(3);
        assertThatOpeningIsRefused(NOT_AS_DECLARED.formatted(hsm.label()) + "private keys with CKA_ID "
                + key.ckaId() + ": expected 1, found 0; public keys with CKA_ID " + key.ckaId()
                + ": expected 1, found 0"
                + REMEDY);
    }

    @Test
    void aDuplicatedIdIsRefused() throws PKCS11Exception {
        try (HandMadeKey hand = HandMadeKey.in(appliance.token().settings())) {
            hand.generate(key.ckaId(), "another", CKA_EXTRACTABLE, false);
        }
        assertThatOpeningIsRefused(NOT_AS_DECLARED.formatted(hsm.label()) + "private keys with CKA_ID "
                + key.ckaId() + ": expected 1, found 2; public keys with CKA_ID " + key.ckaId()
                + ": expected 1, found 2"
                + REMEDY);
    }

    @Test
    void aDuplicatedLabelIsRefused() throws PKCS11Exception {
        try (HandMadeKey hand = HandMadeKey.in(appliance.token().settings())) {
            hand.generate(CkaId.random(new SecureRandom()), "lab-a-blocks-v1", CKA_EXTRACTABLE, false);
        }
        assertThatOpeningIsRefused(NOT_AS_DECLARED.formatted(hsm.label()) + "private keys with CKA_LABEL"
                + " lab-a-blocks-v1: expected 1, found 2; public keys with CKA_LABEL lab-a-blocks-v1: expected 1, found 2"
                + REMEDY);
    }

    @Test
    void anExtractableKeyIsRefused() throws PKCS11Exception {
        remake(CKA_EXTRACTABLE, true);
        assertThatOpeningIsRefused(
                NOT_AS_DECLARED.formatted(hsm.label()) + "CKA_EXTRACTABLE of its private key: expected"
                        + " false, found true; CKA_NEVER_EXTRACTABLE of its private key: expected true, found false"
                        + REMEDY);
    }

    private static final Map<Long, String> NAMES = Map.of(
            CKA_SENSITIVE, "CKA_SENSITIVE",
            CKA_MODIFIABLE, "CKA_MODIFIABLE",
            CKA_COPYABLE, "CKA_COPYABLE",
            CKA_DECRYPT, "CKA_DECRYPT",
            CKA_UNWRAP, "CKA_UNWRAP",
            CKA_DERIVE, "CKA_DERIVE",
            CKA_SIGN_RECOVER, "CKA_SIGN_RECOVER");

    @ParameterizedTest
    @ValueSource(
            longs = {CKA_SENSITIVE, CKA_MODIFIABLE, CKA_COPYABLE, CKA_DECRYPT, CKA_UNWRAP, CKA_DERIVE, CKA_SIGN_RECOVER
            })
    void aKeyWithAnyOtherWrongAttributeIsRefusedByItsName(long attribute) throws PKCS11Exception {
        boolean declared = attribute == CKA_SENSITIVE;
        remake(attribute, !declared);
        assertThatThrownBy(() -> KeyRing.open(Tokens.of(hsm), catalogue))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining(
                        NAMES.get(attribute) + " of its private key: expected " + declared + ", found " + !declared);
    }

    /** Puts a key with one wrong attribute in the place of the right one, and lets the catalogue agree with its public half. */
    private void remake(long attribute, boolean value) throws PKCS11Exception {
        int _ = hsm.signingKeyAdministration().destroy(key.ckaId());
        try (HandMadeKey hand = HandMadeKey.in(appliance.token().settings())) {
            hand.generate(key.ckaId(), "lab-a-blocks-v1", attribute, value);
            VerificationKey publicKey = hand.publicKey(key.ckaId());
            var pending = new PendingKey(
                    key.alias(),
                    key.version(),
                    key.token(),
                    key.purpose(),
                    SigningAlgorithm.ES256,
                    key.ckaId(),
                    key.createdAt());
            var certificate = SelfSignedCertificate.of(
                    pending,
                    publicKey,
                    content -> hsm.signatures()
                            .sign(key.ckaId(), publicKey, content)
                            .toCompletableFuture()
                            .join());
            rewrite(new CataloguedKey(
                    key.alias(),
                    key.version(),
                    key.token(),
                    key.purpose(),
                    key.status(),
                    key.ckaId(),
                    publicKey,
                    List.of(certificate),
                    key.createdAt()));
        }
    }

    @Test
    void aCatalogueWhosePublicKeyIsOfAnotherKeyIsRefused() throws NoSuchAlgorithmException {
        CataloguedKey other = made("other");
        rewrite(new CataloguedKey(
                key.alias(),
                key.version(),
                key.token(),
                key.purpose(),
                key.status(),
                key.ckaId(),
                other.verificationKey(),
                other.chain(),
                key.createdAt()));
        assertThatOpeningIsRefused(NOT_AS_DECLARED.formatted(hsm.label()) + "public key: expected SHA-256 "
                + sha256(other.verificationKey().spki()) + ", found SHA-256 "
                + sha256(key.verificationKey().spki()) + REMEDY);
    }

    @Test
    void aCatalogueWhosePublicKeyAloneWasChangedIsRefused() {
        CataloguedKey other = made("other");
        update(
                "UPDATE signing_key_pair SET public_key = ? WHERE alias = 'lab-a-blocks'",
                StoredRow.encoded(other.verificationKey().spki()));
        assertThatOpeningIsRefused("key 'lab-a-blocks' version 1: its row in the catalogue is not one Sealkeeper wrote:"
                + " expected a certificate of its public key, found one of another key; find out who changed the store, and"
                + " restore the row from a backup");
    }

    @Test
    void keysOfBeforeTokensWereNamedAreInTheOneTokenThereIs() {
        update("UPDATE signing_key_pair SET token = ''");
        TokenLabel label = hsm.label();
        assertThatThrownBy(() -> KeyCatalogue.open(store, List.of(label, new TokenLabel("second"))))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("declare the one token they are in");
        assertThat(KeyCatalogue.open(store, List.of(label)).keys())
                .extracting(CataloguedKey::token)
                .containsExactly(label);
        assertThat(KeyCatalogue.open(store, List.of(label, new TokenLabel("second")))
                        .keys())
                .hasSize(1);
    }

    private void rewrite(CataloguedKey as) {
        update(
                "DELETE FROM signing_key_pair WHERE key_id = ? AND alias <> 'lab-a-blocks'",
                as.keyId().value());
        update(
                "UPDATE signing_key_pair SET public_key = ?, certificate = ?, key_id = ? WHERE alias = 'lab-a-blocks'",
                StoredRow.encoded(as.verificationKey().spki()),
                StoredRow.encoded(as.certificate()),
                as.keyId().value());
    }

    private void update(String sql, Object... arguments) {
        int _ = store.write(rows -> rows.update(sql, arguments))
                .toCompletableFuture()
                .join();
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
