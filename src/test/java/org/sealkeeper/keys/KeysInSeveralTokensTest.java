package org.sealkeeper.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_ERROR;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.DataKeyOutcome.NewDataKey;
import org.sealkeeper.hsm.DataKeyOutcome.RecipientNotTrusted;
import org.sealkeeper.hsm.DataKeyOutcome.Released;
import org.sealkeeper.hsm.DataKeyOutcome.ReleasedKey;
import org.sealkeeper.hsm.HandMadeKey;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
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
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TestAppliance;
import org.sealkeeper.testing.TokenFault;

/** Key-encryption keys, recipients and rewrap windows of an appliance with two tokens, the second of which fails as a test asks. */
class KeysInSeveralTokensTest {
    private static final DeclaredKeyEncryptionKey DECLARED = new DeclaredKeyEncryptionKey(new KeyAlias("patient-data"));
    private static final KeyAlias ALIAS = DECLARED.alias();
    private static final RecipientName LAB = new RecipientName("lab-a");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final RecipientKeyPair LAB_KEY = RecipientKeyPair.generate();

    /** A key-encryption key, a binding key, and a transfer key. */
    private static final int OBJECTS = 3;

    @TempDir
    private Path folder;

    private SoftHsmToken first;
    private SoftHsmToken second;
    private FaultyModule module;
    private Store store;
    private ProvisioningLock lock;
    private KeyEncryptionKeys keys;

    @BeforeEach
    void open() throws IOException {
        TestAppliance appliance = TestAppliance.in(folder);
        first = appliance.token();
        module = FaultyModule.install(folder.resolve("module"));
        second = SoftHsmToken.in(Files.createDirectory(folder.resolve("second")), module.profile());
        store = Store.open(appliance.store());
        lock = ProvisioningLock.take(appliance.store());
        keys = new KeyEncryptionKeys(store);
    }

    @AfterEach
    void close() {
        module.clear();
        lock.close();
        store.close();
    }

    private <T> T asUsers(Function<Tokens, T> work) {
        try (Tokens tokens = Tokens.open(List.of(first.settings(), second.settings()))) {
            return work.apply(tokens);
        }
    }

    private <T> T asOfficers(Function<List<SecurityOfficer>, T> work) {
        List<SecurityOfficer> officers = List.of(officer(first), officer(second));
        try {
            return work.apply(officers);
        } finally {
            officers.forEach(SecurityOfficer::close);
        }
    }

    private static SecurityOfficer officer(SoftHsmToken token) {
        return SecurityOfficer.open(token.settings().profile(), token.label(), token.soPin());
    }

    private KeyEncryptionKeyProvisioning provisioning(Tokens tokens) {
        KeyCatalogue catalogue = KeyCatalogue.open(store, tokens.labels());
        return new KeyEncryptionKeyProvisioning(
                tokens,
                store,
                catalogue,
                RANDOM,
                InstantSource.system(),
                new ChangePermit(lock, ChangeControl.ofOperator()));
    }

    private ProvisionedKeyEncryptionKey apply() {
        return asUsers(tokens -> provisioning(tokens).apply(DECLARED));
    }

    private ProvisionedKeyEncryptionKey rotate(Optional<DeclaredKeyEncryptionKey> declared) {
        return asUsers(tokens -> provisioning(tokens).rotate(ALIAS, declared));
    }

    private RewrapWindows windows() {
        return new RewrapWindows(
                store, RANDOM, InstantSource.system(), new ChangePermit(lock, ChangeControl.ofOperator()));
    }

    private KeyEncryptionKey version(int version) {
        return keys.version(ALIAS, version).orElseThrow();
    }

    private static int objects(SoftHsmToken token, CkaId id) {
        try (HandMadeKey hand = HandMadeKey.in(token.settings())) {
            return hand.objectsWithId(id);
        }
    }

    private static Released released(Hsm token, KeyEncryptionKey key, Wraps wraps, Recipient recipient) {
        return new DataKeys(Tokens.of(token))
                .release(key, token.label(), wraps.in(token.label()), recipient)
                .toCompletableFuture()
                .join();
    }

    @Test
    void aKeyGetsIntoASecondTokenByARotationAndItsDataKeysByARewrap() {
        try (Hsm only = first.open()) {
            assertThat(provisioning(Tokens.of(only)).apply(DECLARED).key().tokens())
                    .containsExactly(first.label());
        }
        ProvisionedKeyEncryptionKey unchanged = apply();
        assertThat(unchanged.outcome()).isEqualTo(ProvisionedKey.Outcome.UNCHANGED);
        assertThat(unchanged.key().tokens()).containsExactly(first.label());
        assertThat(rotate(Optional.empty()).key().tokens()).containsExactly(first.label());
        assertThat(rotate(Optional.of(DECLARED)).key().tokens()).containsExactly(first.label(), second.label());

        var recipients =
                new Recipients(store, InstantSource.system(), new ChangePermit(lock, ChangeControl.ofOperator()));
        List<TokenLabel> both = List.of(first.label(), second.label());
        assertThat(recipients.tokens(both)).isEqualTo(both);
        assertThat(asOfficers(officers -> recipients.enroll(LAB, LAB_KEY.certificate(), officers))
                        .outcome())
                .isEqualTo(ProvisionedKey.Outcome.CREATED);
        Recipient lab = keys.recipient(LAB).orElseThrow();

        assertThat(windows().tokens(ALIAS, 2, 3, both)).containsExactly(first.label());
        RewrapWindows.HalfOpen half =
                asUsers(tokens -> windows().begin(ALIAS, 2, 3, tokens)).orElseThrow();
        try (SecurityOfficer officer = officer(first)) {
            windows().finish(half, List.of(officer));
        }
        RewrapWindow window = keys.openWindow(ALIAS).orElseThrow();
        boolean _ = asUsers(tokens -> {
            var dataKeys = new DataKeys(tokens);
            MadeDataKey made = dataKeys.generate(version(3), lab)
                    .toCompletableFuture()
                    .join()
                    .orElseThrow();
            assertThat(made.wraps().tokens()).isEqualTo(both);
            // What version 2 would have wrapped.
            byte[] old = inVersionTwo(tokens.all().getFirst(), lab);
            // What is moved leaves no token out: it would not be moved again.
            try (InjectedFault _ = module.inject(
                    TokenFault.answer("C_UnwrapKey", CKR_DEVICE_ERROR).times(1))) {
                assertThatThrownBy(() -> dataKeys.rewrap(version(2), version(3), window, first.label(), old)
                                .toCompletableFuture()
                                .join())
                        .hasCauseInstanceOf(HsmFault.class);
            }
            Wraps moved = dataKeys.rewrap(version(2), version(3), window, first.label(), old)
                    .toCompletableFuture()
                    .join()
                    .orElseThrow();
            assertThat(moved.tokens()).isEqualTo(both);
            List<byte[]> opened = tokens.all().stream()
                    .map(token -> (ReleasedKey) released(token, version(3), moved, lab))
                    .map(key -> LAB_KEY.open(key.encryptedKey()))
                    .toList();
            assertThat(opened.getFirst()).isEqualTo(opened.getLast());
            assertThat(windows().close(ALIAS, tokens)).isTrue();
            assertThat(provisioning(tokens).destroy(new Change.DestroyKey(ALIAS, 2, 0)))
                    .isTrue();
            assertThat(recipients.retire(LAB, tokens)).isTrue();
            tokens.all()
                    .forEach(token ->
                            assertThat(released(token, version(3), moved, lab)).isEqualTo(new RecipientNotTrusted()));
            return true;
        });
        assertThat(objects(first, window.transit())).isZero();
        assertThat(objects(first, version(2).ckaId())).isZero();
        assertThat(objects(first, version(3).ckaId())).isEqualTo(OBJECTS);
        assertThat(objects(second, version(3).ckaId())).isEqualTo(OBJECTS);
    }

    private byte[] inVersionTwo(Hsm token, Recipient recipient) {
        var made = (NewDataKey) token.dataKeys()
                .generate(version(2).ckaId(), recipient.key(), List.of())
                .toCompletableFuture()
                .join();
        return made.wrapped();
    }

    @Test
    void whatFailedInOneTokenIsFinishedInBothByTheNextRun() {
        try (InjectedFault _ = module.inject(TokenFault.answer("C_GenerateKeyPair", CKR_DEVICE_ERROR))) {
            assertThatThrownBy(this::apply).isInstanceOf(HsmFault.class);
        }
        assertThat(keys.unfinished()).containsExactly("patient-data version 1");
        ProvisionedKeyEncryptionKey finished = apply();
        assertThat(finished.outcome()).isEqualTo(ProvisionedKey.Outcome.FINISHED);
        assertThat(objects(first, finished.key().ckaId())).isEqualTo(OBJECTS);
        assertThat(objects(second, finished.key().ckaId())).isEqualTo(OBJECTS);
    }

    @Test
    void whileATokenIsAwayNothingIsBegunThatNeedsIt() {
        assertThat(apply().outcome()).isEqualTo(ProvisionedKey.Outcome.CREATED);
        try (InjectedFault _ = module.inject(TokenFault.away())) {
            assertThatThrownBy(() -> rotate(Optional.empty()))
                    .isInstanceOf(HsmFault.class)
                    .hasMessageStartingWith("the token '" + second.label() + "' cannot be used now: ")
                    .hasMessageEndingWith("; run the command again when it can");
            assertThat(keys.unfinished()).isEmpty();
            assertThatThrownBy(this::apply).isInstanceOf(HsmFault.class);
        }
        assertThat(rotate(Optional.empty()).outcome()).isEqualTo(ProvisionedKey.Outcome.CREATED);
        try (InjectedFault _ = module.inject(TokenFault.away())) {
            assertThatThrownBy(
                            () -> asUsers(tokens -> provisioning(tokens).destroy(new Change.DestroyKey(ALIAS, 1, 0))))
                    .isInstanceOf(HsmFault.class);
        }
        assertThat(version(1).state()).isEqualTo(KeyEncryptionKey.State.DESTROYED);
        assertThat(objects(second, version(1).ckaId())).isEqualTo(OBJECTS);
        boolean destroyed = asUsers(tokens -> provisioning(tokens).destroy(new Change.DestroyKey(ALIAS, 1, 0)));
        assertThat(destroyed).isTrue();
        assertThat(objects(second, version(1).ckaId())).isZero();
    }

    @Test
    void aTokenWithoutItsTransferKeyIsNotUsed() {
        KeyEncryptionKey key = apply().key();
        try (HandMadeKey hand = HandMadeKey.in(second.settings())) {
            hand.destroyTransferKey(key.ckaId());
        }
        assertThatThrownBy(() -> asUsers(tokens -> {
                    KeyEncryptionKeySelfTest.pass(keys, tokens);
                    return tokens;
                }))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining(
                        "is not in the token '" + second.label() + "' as declared: number of private transfer key");
    }
}
