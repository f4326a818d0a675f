package org.sealkeeper.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.DataKeyOutcome.ReleasedKey;
import org.sealkeeper.hsm.HandMadeKey;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.SecurityOfficer;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.ChangeControl;
import org.sealkeeper.keys.provisioning.ChangePermit;
import org.sealkeeper.keys.provisioning.DeclaredKeyEncryptionKey;
import org.sealkeeper.keys.provisioning.KeyEncryptionKeyProvisioning;
import org.sealkeeper.keys.provisioning.ProvisionedKey;
import org.sealkeeper.keys.provisioning.ProvisionedKeyEncryptionKey;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.keys.provisioning.Recipients;
import org.sealkeeper.keys.provisioning.RewrapWindows;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreFault;
import org.sealkeeper.testing.FaultyStore;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.TestAppliance;

/** Key-encryption keys, recipients and rewrap windows, from the row in the store to the object in the token. */
class DataKeysTest {
    private static final KeyAlias ALIAS = new KeyAlias("patient-data");
    private static final RecipientName LAB = new RecipientName("lab-a");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final RecipientKeyPair LAB_KEY = RecipientKeyPair.generate();
    private static final X509Certificate LAB_CERTIFICATE = LAB_KEY.certificate();

    @TempDir
    private Path folder;

    private TestAppliance appliance;
    private Store store;
    private ProvisioningLock lock;
    private KeyEncryptionKeys keys;

    @BeforeEach
    void open() {
        appliance = TestAppliance.in(folder);
        store = Store.open(appliance.store());
        lock = ProvisioningLock.take(appliance.store());
        keys = new KeyEncryptionKeys(store);
    }

    @AfterEach
    void close() {
        lock.close();
        store.close();
    }

    private <T> T asUser(Function<Hsm, T> work) {
        try (Hsm hsm = appliance.token().open()) {
            return work.apply(hsm);
        }
    }

    private <T> T asOfficer(Function<SecurityOfficer, T> work) {
        var token = appliance.token();
        try (var officer = SecurityOfficer.open(token.settings().profile(), token.label(), token.soPin())) {
            return work.apply(officer);
        }
    }

    private KeyEncryptionKeyProvisioning provisioning(Hsm hsm, Store through) {
        return new KeyEncryptionKeyProvisioning(
                Tokens.of(hsm),
                through,
                KeyCatalogue.open(through, List.of(hsm.label())),
                RANDOM,
                InstantSource.system(),
                new ChangePermit(lock, ChangeControl.ofOperator()));
    }

    private ProvisionedKeyEncryptionKey apply() {
        return asUser(hsm -> provisioning(hsm, store).apply(new DeclaredKeyEncryptionKey(ALIAS)));
    }

    private ProvisionedKeyEncryptionKey rotate(Store through) {
        return asUser(hsm -> provisioning(hsm, through).rotate(ALIAS, Optional.empty()));
    }

    private ProvisionedKey.Outcome enroll(Store through, RecipientName name, X509Certificate certificate) {
        var recipients =
                new Recipients(through, InstantSource.system(), new ChangePermit(lock, ChangeControl.ofOperator()));
        return asOfficer(officer -> recipients.enroll(name, certificate, List.of(officer)))
                .outcome();
    }

    private boolean openWindow(Store through, int from, int to) {
        var windows = new RewrapWindows(
                through, RANDOM, InstantSource.system(), new ChangePermit(lock, ChangeControl.ofOperator()));
        Optional<RewrapWindows.HalfOpen> opening = asUser(hsm -> windows.begin(ALIAS, from, to, Tokens.of(hsm)));
        opening.ifPresent(half -> asOfficer(officer -> {
            windows.finish(half, List.of(officer));
            return half;
        }));
        return opening.isPresent();
    }

    private boolean closeWindow() {
        return asUser(hsm -> new RewrapWindows(
                        store, RANDOM, InstantSource.system(), new ChangePermit(lock, ChangeControl.ofOperator()))
                .close(ALIAS, Tokens.of(hsm)));
    }

    private boolean destroyFirst() {
        return asUser(hsm -> provisioning(hsm, store).destroy(new Change.DestroyKey(ALIAS, 1, 0)));
    }

    private boolean retire(RecipientName name) {
        return asUser(
                hsm -> new Recipients(store, InstantSource.system(), new ChangePermit(lock, ChangeControl.ofOperator()))
                        .retire(name, Tokens.of(hsm)));
    }

    private Optional<MadeDataKey> generate(Recipient recipient) {
        return asUser(hsm -> new DataKeys(Tokens.of(hsm))
                .generate(version(1), recipient)
                .toCompletableFuture()
                .join());
    }

    private void selfTest() {
        Hsm _ = asUser(hsm -> {
            new KeyEncryptionKeySelfTest(hsm).pass(keys);
            return hsm;
        });
    }

    private KeyEncryptionKey version(int version) {
        return keys.version(ALIAS, version).orElseThrow();
    }

    private Recipient lab() {
        return keys.recipient(LAB).orElseThrow();
    }

    private byte[] released(Hsm hsm, KeyEncryptionKey key, byte[] wrapped) {
        var released = (ReleasedKey) new DataKeys(Tokens.of(hsm))
                .release(key, hsm.label(), wrapped, lab())
                .toCompletableFuture()
                .join();
        return LAB_KEY.open(released.encryptedKey());
    }

    private int objectsWithId(CkaId id) {
        try (HandMadeKey hand = HandMadeKey.in(appliance.token().settings())) {
            return hand.objectsWithId(id);
        }
    }

    private List<String> recorded() {
        return store.read(rows -> {
            List<String> operations = new ArrayList<>();
            for (long index = 0; ; index++) {
                Optional<byte[]> entry = new Leaves(rows).entry(index);
                if (entry.isEmpty()) {
                    return operations;
                }
                operations.add(RecordedLeaf.parse(entry.get())
                        .text(LeafField.OPERATION)
                        .orElseThrow());
            }
        });
    }

    @Test
    void aDataKeyOutlivesTheRotationOfItsKey() {
        assertThat(apply().outcome()).isEqualTo(ProvisionedKey.Outcome.CREATED);
        assertThat(apply().outcome()).isEqualTo(ProvisionedKey.Outcome.UNCHANGED);
        assertThat(enroll(store, LAB, LAB_CERTIFICATE)).isEqualTo(ProvisionedKey.Outcome.CREATED);
        MadeDataKey made = generate(lab()).orElseThrow();
        TokenLabel token = appliance.token().label();
        byte[] wrapped = made.wraps().in(token);
        assertThat(rotate(store).key()).isEqualTo(keys.active(ALIAS).orElseThrow());
        assertThat(version(1).state()).isEqualTo(KeyEncryptionKey.State.DEACTIVATED);
        assertThat(openWindow(store, 1, 2)).isTrue();
        assertThat(openWindow(store, 1, 2)).isFalse();
        RewrapWindow window = keys.openWindow(ALIAS).orElseThrow();
        assertThat(objectsWithId(window.transit())).isEqualTo(2);
        Wraps _ = asUser(hsm -> {
            var dataKeys = new DataKeys(Tokens.of(hsm));
            assertThatThrownBy(() -> dataKeys.generate(version(1), lab())).hasMessageContaining("does not wrap");
            assertThatThrownBy(() -> dataKeys.rewrap(version(2), version(2), window, token, wrapped))
                    .hasMessageStartingWith("expected an open rewrap window");
            Wraps rewrapped = dataKeys.rewrap(version(1), version(2), window, token, wrapped)
                    .toCompletableFuture()
                    .join()
                    .orElseThrow();
            assertThat(released(hsm, version(2), rewrapped.in(token)))
                    .isEqualTo(LAB_KEY.open(made.released().encryptedKey()))
                    .isEqualTo(released(hsm, version(1), wrapped));
            assertThatThrownBy(() -> provisioning(hsm, store).destroy(new Change.DestroyKey(ALIAS, 1, 0)))
                    .hasMessageStartingWith("a rewrap window of 'patient-data' is open");
            return rewrapped;
        });
        assertThat(closeWindow()).isTrue();
        assertThat(closeWindow()).isFalse();
        assertThat(keys.openWindow(ALIAS)).isEmpty();
        assertThat(objectsWithId(window.transit())).isZero();
        assertThat(destroyFirst()).isTrue();
        assertThat(destroyFirst()).isFalse();
        assertThat(objectsWithId(version(1).ckaId())).isZero();
        selfTest();
        assertThatThrownBy(() -> generate(lab()))
                .hasMessage(
                        "key-encryption key 'patient-data' version 1 does not wrap: expected an active one, found it destroyed");
        assertThat(recorded())
                .containsExactly(
                        "create-key",
                        "enroll-recipient",
                        "rotate-key",
                        "open-rewrap-window",
                        "close-rewrap-window",
                        "destroy-key");
    }

    @Test
    void aRetiredRecipientIsRefusedAtOnceAndHisNameIsFree() {
        assertThat(enroll(store, LAB, LAB_CERTIFICATE)).isEqualTo(ProvisionedKey.Outcome.CREATED);
        Recipient lab = lab();
        assertThat(retire(LAB)).isTrue();
        assertThat(retire(LAB)).isFalse();
        assertThat(keys.recipient(LAB)).isEmpty();
        assertThat(keys.recipients())
                .hasSize(1)
                .allMatch(known -> known.retiredAt().isPresent());
        assertThat(apply().outcome()).isEqualTo(ProvisionedKey.Outcome.CREATED);
        assertThat(generate(lab)).isEmpty();
        assertThat(enroll(store, LAB, RecipientKeyPair.generate().certificate()))
                .isEqualTo(ProvisionedKey.Outcome.CREATED);
        assertThat(recorded())
                .containsExactly("enroll-recipient", "retire-recipient", "create-key", "enroll-recipient");
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultyStore.Fault.class,
            names = {"LOST", "KEPT"})
    void whatDiedBetweenTokenAndStoreIsFinishedByTheNextRun(FaultyStore.Fault fault) {
        var crashing = new FaultyStore(store);
        assertThat(apply().outcome()).isEqualTo(ProvisionedKey.Outcome.CREATED);
        crashing.failAfter(1, fault);
        assertThatThrownBy(() -> rotate(crashing)).isInstanceOf(StoreFault.class);
        crashing.failAfter(1, fault);
        assertThatThrownBy(() -> enroll(crashing, LAB, LAB_CERTIFICATE)).isInstanceOf(StoreFault.class);
        assertThat(enroll(store, LAB, LAB_CERTIFICATE)).isNotEqualTo(ProvisionedKey.Outcome.CREATED);
        assertThat(lab().key()).isEqualTo(LAB_KEY.publicKey());
        if (fault == FaultyStore.Fault.LOST) {
            assertThat(keys.unfinished()).containsExactly("patient-data version 2");
            assertThat(rotate(store).outcome()).isEqualTo(ProvisionedKey.Outcome.FINISHED);
        }
        assertThat(keys.unfinished()).isEmpty();
        crashing.failAfter(1, fault);
        assertThatThrownBy(() -> openWindow(crashing, 1, 2)).isInstanceOf(StoreFault.class);
        assertThat(openWindow(store, 1, 2)).isEqualTo(fault == FaultyStore.Fault.LOST);
        RewrapWindow window = keys.openWindow(ALIAS).orElseThrow();
        assertThat(objectsWithId(window.transit())).isEqualTo(2);
        assertThat(closeWindow()).isTrue();
        assertThat(objectsWithId(window.transit())).isZero();
        selfTest();
        assertThat(recorded())
                .containsExactlyInAnyOrder(
                        "create-key", "rotate-key", "enroll-recipient", "open-rewrap-window", "close-rewrap-window");
    }

    @Test
    void whatWouldWeakenOrLoseKeysIsRefused() {
        assertThat(apply().outcome()).isEqualTo(ProvisionedKey.Outcome.CREATED);
        assertThat(enroll(store, LAB, LAB_CERTIFICATE)).isEqualTo(ProvisionedKey.Outcome.CREATED);
        refuses(
                "the certificate cannot be a recipient's: expected an RSA key of 3072 to 8192 bits",
                () -> enroll(
                        store,
                        new RecipientName("weak"),
                        RecipientKeyPair.generate(2048).certificate()));
        refuses(
                "recipient 'lab-a' has another key",
                () -> enroll(store, LAB, RecipientKeyPair.generate().certificate()));
        refuses(
                "the key of this certificate is that of recipient 'lab-a' already",
                () -> enroll(store, new RecipientName("lab-b"), LAB_CERTIFICATE));
        refuses("key-encryption key 'patient-data' version 1 is the active one", this::destroyFirst);
        refuses("there is no key-encryption key 'patient-data' version 2", () -> openWindow(store, 1, 2));
        refuses("expected a window from a version", () -> openWindow(store, 1, 1));
        refuses(
                "there is no active key-encryption key 'other'",
                () -> asUser(hsm -> provisioning(hsm, store).rotate(new KeyAlias("other"), Optional.empty())));
        refuses("there is no recipient 'nobody'", () -> retire(new RecipientName("nobody")));
    }

    private static void refuses(String why, ThrowableAssert.ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOf(ConfigurationFault.class).hasMessageStartingWith(why);
    }

    @Test
    void aKeyOfBeforeTokensWereNamedIsInTheOneTokenThereWas() {
        apply();
        TokenLabel token = appliance.token().label();
        int _ = store.commit(rows -> rows.update("UPDATE key_encryption_key SET tokens = ''"));
        refuses(
                "expected keys whose tokens are known, found those of an earlier version",
                () -> KeyCatalogue.open(store, List.of(token, new TokenLabel("second"))));
        KeyCatalogue _ = KeyCatalogue.open(store, List.of(token));
        assertThat(version(1).tokens()).containsExactly(token);
        selfTest();
    }

    @Test
    void aKeyWithoutItsBindingKeyIsNotUsed() {
        KeyEncryptionKey key = apply().key();
        try (HandMadeKey hand = HandMadeKey.in(appliance.token().settings())) {
            hand.destroyBindingKey(key.ckaId());
        }
        refuses(
                "key-encryption key 'patient-data' version 1 is not in the token '"
                        + appliance.token().label() + "' as declared: number of binding key with " + "CKA_ID "
                        + key.ckaId() + ": expected 1, found 0",
                this::selfTest);
    }
}
