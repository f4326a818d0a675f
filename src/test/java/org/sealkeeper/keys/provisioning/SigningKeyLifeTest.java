package org.sealkeeper.keys.provisioning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.NoteKey;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.HandMadeKey;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyChanges;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.KeyStatus;
import org.sealkeeper.keys.LogKeys;
import org.sealkeeper.keys.PendingKey;
import org.sealkeeper.keys.PublishedKeys;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.pki.TestAuthority;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.SoftwareKey;
import org.sealkeeper.testing.TestAppliance;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/** The versions of keys that sign, and what an appliance beside the commands makes of each change. */
class SigningKeyLifeTest {
    private static final Instant MADE = Instant.parse("2026-03-01T12:00:00Z");
    private static final KeyAlias BLOCKS = new KeyAlias("lab-a-blocks");
    private static final KeyAlias LOG = new KeyAlias("log");
    private static final TokenLabel LOST = new TokenLabel("lost");
    private static final Origin ORIGIN = new Origin("lab-a.example/log");

    @TempDir
    private Path folder;

    private Instant now = MADE;
    private TestAppliance appliance;
    private Store store;
    private KeyCatalogue catalogue;
    private Hsm hsm;
    private ProvisioningLock lock;
    private ChangePermit permit;
    private KeyRing ring;
    private PublishedKeys published;
    private KeyChanges changes;

    @BeforeEach
    void provision() {
        appliance = TestAppliance.in(folder);
        store = Store.open(appliance.store());
        catalogue = KeyCatalogue.open(store, List.of(appliance.token().label()));
        hsm = appliance.token().open();
        lock = ProvisioningLock.take(appliance.store());
        permit = new ChangePermit(lock, ChangeControl.ofOperator());
        apply(BLOCKS, KeyPurpose.BLOCK_SIGNING);
        apply(LOG, KeyPurpose.AUDIT_SIGNING);
        ring = KeyRing.open(Tokens.of(hsm), catalogue);
        follow(false);
    }

    @AfterEach
    void close() {
        lock.close();
        hsm.close();
        store.close();
    }

    private void apply(KeyAlias alias, KeyPurpose purpose) {
        ProvisionedKey _ = new Provisioning(Tokens.of(hsm), catalogue, new SecureRandom(), () -> now, permit)
                .apply(new DeclaredKey(alias, purpose, SigningAlgorithm.ES256), hsm);
    }

    private void follow(boolean isShared) {
        published = new PublishedKeys(store, ring, isShared);
        changes = new KeyChanges(catalogue, ring, published);
    }

    private SigningKeyPreparation preparation() {
        return new SigningKeyPreparation(Tokens.of(hsm), catalogue, new SecureRandom(), () -> now, permit);
    }

    private CataloguedKey prepare(KeyAlias alias) {
        return preparation()
                .prepare(preparation().preparation(alias, Optional.empty()))
                .getFirst();
    }

    private void change(KeyAlias alias, int version, KeyState to) {
        change(alias, version, to, to == KeyState.COMPROMISED ? Optional.of(now) : Optional.empty());
    }

    private void change(KeyAlias alias, int version, KeyState to, Optional<Instant> since) {
        List<CataloguedKey> _ = new SigningKeyStates(Tokens.of(hsm), catalogue, new SecureRandom(), () -> now, permit)
                .change(new Change.ChangeKeyState(alias, version, to, since));
    }

    private boolean destroy(KeyAlias alias, int version) {
        return new SigningKeyDestruction(Tokens.of(hsm), catalogue, new SecureRandom(), () -> now, permit)
                        .destroy(alias, version)
                != SigningKeyDestruction.Outcome.UNCHANGED;
    }

    /** The version that signs blocks now; 0 where none does. */
    private int signing() {
        return ring.first(BLOCKS).map(CataloguedKey::version).orElse(0);
    }

    private CataloguedKey version(int version) {
        return catalogue.keys(BLOCKS, version).getFirst();
    }

    private int signingTheLog() {
        return LogKeys.of(ring, ORIGIN).active().size();
    }

    @Test
    void aVersionIsPublishedFirstAndSignsOnceItIsActive() {
        CataloguedKey second = prepare(BLOCKS);
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.state()).isEqualTo(KeyState.PRE_ACTIVE);
        changes.look();
        assertThat(published.key(second.keyId())).isPresent();
        assertThat(signing()).isEqualTo(1);

        now = MADE.plusSeconds(60);
        CataloguedKey first = ring.first(BLOCKS).orElseThrow();
        change(BLOCKS, 2, KeyState.ACTIVE);
        assertThat(Completion.await(ring.sign(first, KeyPurpose.BLOCK_SIGNING, "under way".getBytes(UTF_8))))
                .as("what is under way ends as it began")
                .hasSize(64);
        changes.look();
        assertThat(signing()).isEqualTo(2);
        assertThat(version(1).state()).isEqualTo(KeyState.DEACTIVATED);
        assertThat(version(1).status().since()).isEqualTo(now);
        assertThat(published.key(first.keyId()))
                .as("what it signed stays valid")
                .isPresent();
        CataloguedKey retired = version(1);
        assertThatThrownBy(() -> ring.sign(retired, KeyPurpose.BLOCK_SIGNING, new byte[1]))
                .hasMessageContaining(
                        "expected an active key for block-signing, found key 'lab-a-blocks' version 1, deactivated");
    }

    @Test
    void aVersionThatIsPreparedIsNotMadeAgain() {
        CataloguedKey once = prepare(BLOCKS);
        assertThat(prepare(BLOCKS).keyId()).isEqualTo(once.keyId());
        change(BLOCKS, 2, KeyState.ACTIVE);
        assertThat(prepare(BLOCKS).version()).isEqualTo(3);
    }

    @Test
    void anInterruptedPreparationIsFinishedAndItsLeftoversAreDestroyed() throws PKCS11Exception {
        CkaId id = CkaId.random(new SecureRandom());
        catalogue.begin(
                new PendingKey(BLOCKS, 2, hsm.label(), KeyPurpose.BLOCK_SIGNING, SigningAlgorithm.ES256, id, MADE));
        try (HandMadeKey hand = HandMadeKey.in(appliance.token().settings())) {
            hand.generate(id, "lab-a-blocks-v2");
        }
        assertThatThrownBy(() -> change(BLOCKS, 2, KeyState.ACTIVE))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("the making of key 'lab-a-blocks' version 2 was interrupted");
        CataloguedKey finished = prepare(BLOCKS);
        assertThat(finished.version()).isEqualTo(2);
        assertThat(finished.ckaId()).isEqualTo(id);
        assertThat(hsm.signingKeyAdministration().destroy(id))
                .as("pair and certificate")
                .isEqualTo(3);
    }

    @Test
    void aKeyOfTheLogSignsBesideTheVersionBeforeItUntilThatIsDeactivated() {
        assertThatThrownBy(() -> change(LOG, 1, KeyState.DEACTIVATED))
                .hasMessage("key 'log' version 1 is the last active key that signs the audit log with ES256; run"
                        + " 'sealkeeper keys rotate --alias log' first");
        CataloguedKey second = prepare(LOG);
        change(LOG, 2, KeyState.ACTIVE);
        assertThat(signingTheLog()).isEqualTo(1);
        changes.look();
        assertThat(signingTheLog()).isEqualTo(2);
        change(LOG, 1, KeyState.DEACTIVATED);
        changes.look();
        List<NoteKey> left = LogKeys.of(ring, ORIGIN).active();
        assertThat(left).hasSize(1);
        assertThat(LogKeys.of(ring, ORIGIN).verifiers())
                .as("the one before stays known")
                .hasSize(2);
        assertThat(ring.healthKey(hsm.label()).map(CataloguedKey::keyId)).contains(second.keyId());
    }

    @Test
    void aSuspendedKeySignsNothingUntilItIsActiveAgain() {
        change(BLOCKS, 1, KeyState.SUSPENDED);
        changes.look();
        assertThat(signing()).isZero();
        assertThatThrownBy(() -> ring.untilOneSigns(
                                BLOCKS, pair -> ring.sign(pair, KeyPurpose.BLOCK_SIGNING, new byte[1]))
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("no version of the key 'lab-a-blocks' is active");
        change(BLOCKS, 1, KeyState.ACTIVE);
        changes.look();
        assertThat(signing()).isEqualTo(1);
    }

    @Test
    void aSuspendedKeyIsNotResumedWhereAnotherVersionSigns() {
        CataloguedKey _ = prepare(BLOCKS);
        change(BLOCKS, 1, KeyState.SUSPENDED);
        change(BLOCKS, 2, KeyState.ACTIVE);
        assertThat(version(1).state()).isEqualTo(KeyState.SUSPENDED);
        assertThatThrownBy(() -> change(BLOCKS, 1, KeyState.ACTIVE))
                .hasMessage(
                        "key 'lab-a-blocks' version 1 is suspended, and key 'lab-a-blocks' version 2 signs in its place;"
                                + " a key that signs blocks has one active version");
    }

    @Test
    void aCompromisedKeySignsNoMoreAndSaysSinceWhen() {
        now = MADE.plus(Duration.ofDays(3));
        Instant since = MADE.plus(Duration.ofDays(1));
        change(BLOCKS, 1, KeyState.COMPROMISED, Optional.of(since));
        changes.look();
        assertThat(signing()).isZero();
        assertThat(published.key(version(1).keyId()).orElseThrow().status().compromisedSince())
                .contains(since);
        assertThatThrownBy(() -> change(BLOCKS, 1, KeyState.ACTIVE))
                .hasMessage("key 'lab-a-blocks' version 1 is compromised in the token '" + hsm.label()
                        + "': it cannot become active");
        assertThatThrownBy(() -> change(BLOCKS, 1, KeyState.COMPROMISED, Optional.of(since.plusSeconds(1))))
                .as("it is to be doubted no less")
                .isInstanceOf(ConfigurationFault.class);
        change(BLOCKS, 1, KeyState.COMPROMISED, Optional.of(MADE));
        assertThat(version(1).status().compromisedSince()).contains(MADE);
        assertThat(prepare(BLOCKS).version()).as("another one takes its place").isEqualTo(2);
        change(BLOCKS, 2, KeyState.ACTIVE);
        changes.look();
        assertThat(signing()).isEqualTo(2);
        assertThat(version(1).state()).isEqualTo(KeyState.COMPROMISED);
    }

    @Test
    void aKeyIsCompromisedWithinItsLife() {
        now = MADE.plusSeconds(60);
        assertThatThrownBy(() -> change(BLOCKS, 1, KeyState.COMPROMISED, Optional.of(now.plusSeconds(1))))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("to now; found 2026-03-01T12:01:01Z");
        assertThatThrownBy(() -> change(BLOCKS, 1, KeyState.COMPROMISED, Optional.of(MADE.minusSeconds(1))))
                .isInstanceOf(ConfigurationFault.class);
    }

    @Test
    void aVersionIsDestroyedOnceNothingSignsWithItAnyMore() {
        CataloguedKey first = version(1);
        assertThatThrownBy(() -> destroy(BLOCKS, 1))
                .hasMessageStartingWith("key 'lab-a-blocks' version 1 is active: expected it to be deactivated first");
        CataloguedKey _ = prepare(BLOCKS);
        change(BLOCKS, 2, KeyState.ACTIVE);
        now = now.plus(SigningKeyDestruction.LAST_SIGNATURES).minusMillis(1);
        assertThatThrownBy(() -> destroy(BLOCKS, 1))
                .hasMessage(
                        "key 'lab-a-blocks' version 1 signed until 2026-03-01T12:00:00Z, and an appliance may still be"
                                + " at it; run the command again after 2026-03-01T12:00:10Z");
        now = now.plusMillis(1);
        assertThat(destroy(BLOCKS, 1)).isTrue();
        assertThat(hsm.signingKeyAdministration().destroy(first.ckaId())).isZero();
        assertThat(version(1).state()).isEqualTo(KeyState.DESTROYED);
        assertThat(destroy(BLOCKS, 1)).as("was destroyed before").isFalse();
        changes.look();
        assertThat(published.key(first.keyId()))
                .as("what it signed stays valid")
                .isPresent();

        change(BLOCKS, 1, KeyState.COMPROMISED);
        assertThat(version(1).state()).isEqualTo(KeyState.DESTROYED);
        assertThat(version(1).status().compromisedSince())
                .as("known only later")
                .contains(now);
    }

    @Test
    void aVersionThatWasNeverFinishedIsAbandonedAndItsObjectsGo() throws PKCS11Exception {
        var pending = new PendingKey(
                BLOCKS,
                2,
                hsm.label(),
                KeyPurpose.BLOCK_SIGNING,
                SigningAlgorithm.ES256,
                CkaId.random(new SecureRandom()),
                now);
        catalogue.begin(pending);
        try (var hand = HandMadeKey.in(appliance.token().settings())) {
            hand.generate(pending.ckaId(), pending.label());
        }
        assertThat(destroy(BLOCKS, 2)).isTrue();
        assertThat(catalogue.pending(BLOCKS)).isEmpty();
        assertThat(hsm.signingKeyAdministration().destroy(pending.ckaId())).isZero();
        assertThatThrownBy(() -> destroy(BLOCKS, 2)).hasMessageContaining("there is no key 'lab-a-blocks' version 2");
        assertThat(version(1).state()).isEqualTo(KeyState.ACTIVE);
    }

    @Test
    void ofAPairInALostTokenItIsNotSaidThatItIsDestroyed() {
        inALostToken(BLOCKS, 1);
        inALostToken(LOG, 2);
        CataloguedKey _ = prepare(BLOCKS);
        change(BLOCKS, 2, KeyState.ACTIVE);
        now = now.plus(SigningKeyDestruction.LAST_SIGNATURES);
        assertThat(destroy(BLOCKS, 1)).isTrue();
        assertThat(catalogue.keys(BLOCKS, 1))
                .extracting(key -> key.token().value() + " " + key.state())
                .containsExactlyInAnyOrder(
                        hsm.label().value() + " " + KeyState.DESTROYED, LOST.value() + " " + KeyState.DEACTIVATED);
        assertThat(destroy(BLOCKS, 1)).as("run again").isFalse();
        assertThatThrownBy(() -> destroy(LOG, 2))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage("key 'log' version 2 is left in the token 'lost' alone, which is none of this appliance's:"
                        + " it cannot be destroyed");
    }

    /** A pair that a token had before it was forgotten. */
    private void inALostToken(KeyAlias alias, int version) {
        var key = SoftwareKey.generate(SigningAlgorithm.ES256, version);
        CataloguedKey here = catalogue.keys(alias, 1).getFirst();
        var pending = new PendingKey(
                alias, version, LOST, here.purpose(), SigningAlgorithm.ES256, CkaId.random(new SecureRandom()), now);
        catalogue.begin(pending);
        var status = new KeyStatus(KeyState.DEACTIVATED, now, Optional.empty());
        X509Certificate certificate = TestAuthority.root("root")
                .issue("lost", new KeyPair(publicKey(key), null), form -> form.usage(KeyUsage.digitalSignature))
                .certificate();
        catalogue.finish(
                new CataloguedKey(
                        alias,
                        version,
                        LOST,
                        here.purpose(),
                        status,
                        pending.ckaId(),
                        key.verificationKey(),
                        List.of(certificate),
                        now),
                Leaf.ofCommand(now, Operation.CREATE_KEY, new Subject.Whole()));
    }

    private static PublicKey publicKey(SoftwareKey key) {
        try {
            return KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(key.verificationKey().spki()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aVersionThatIsPreparedMayBeDestroyedAndTheNextHasAnotherNumber() {
        CataloguedKey _ = prepare(BLOCKS);
        assertThat(destroy(BLOCKS, 2)).isTrue();
        assertThat(prepare(BLOCKS).version()).isEqualTo(3);
    }

    @Test
    void whatTheTokenDoesNotProveSignsNothing() {
        CataloguedKey second = prepare(BLOCKS);
        change(BLOCKS, 2, KeyState.ACTIVE);
        int _ = hsm.signingKeyAdministration().destroy(second.ckaId());
        changes.look();
        assertThat(signing())
                .as("neither the old one, nor one that is not there")
                .isZero();
        changes.look();
        assertThat(signing()).isZero();
    }

    @Test
    void whereOthersShareTheDatabaseTheyKnowAKeyBeforeItSigns() {
        follow(true);
        assertThat(published.publish()).isTrue();
        CataloguedKey _ = prepare(BLOCKS);
        change(BLOCKS, 2, KeyState.ACTIVE);
        for (int look = 0; look < 2; look++) {
            changes.look();
            assertThat(signing()).isEqualTo(1);
            List<Integer> versions = store.read(rows ->
                    rows.list("SELECT version FROM published_key ORDER BY version", row -> row.getInt("version")));
            assertThat(versions).containsExactly(1, 2);
        }
        changes.look();
        assertThat(signing()).isEqualTo(2);
        change(BLOCKS, 2, KeyState.SUSPENDED);
        changes.look();
        assertThat(signing()).as("what is no new key is taken at once").isZero();
    }

    @ParameterizedTest
    @EnumSource(KeyState.class)
    void nothingLeadsBackFromWhatSignsNoMore(KeyState state) {
        assertThat(state.mayBecome(KeyState.ACTIVE))
                .isEqualTo(state == KeyState.PRE_ACTIVE || state == KeyState.SUSPENDED);
        assertThat(state.mayBecome(KeyState.DESTROYING))
                .isEqualTo(
                        state == KeyState.PRE_ACTIVE || state == KeyState.DEACTIVATED || state == KeyState.COMPROMISED);
    }
}
