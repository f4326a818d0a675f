package org.sealkeeper.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.failedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.ChangeControl;
import org.sealkeeper.keys.provisioning.ChangePermit;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.ProvisionedKey;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.keys.provisioning.SigningKeyPreparation;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TestAppliance;
import org.sealkeeper.testing.TokenFault;

/** Which pair of a key signs where one of its tokens fails. */
class SigningInSeveralTokensTest {
    private static final byte[] MESSAGE = "block".getBytes(UTF_8);
    private static final DeclaredKey DECLARED =
            new DeclaredKey(new KeyAlias("lab-a-blocks"), KeyPurpose.BLOCK_SIGNING, SigningAlgorithm.ES256);

    @TempDir
    private static Path folder;

    private static FaultyModule module;
    private static Store store;
    private static StoreLocation storeLocation;
    private static List<TokenSettings> settings;
    private static Tokens tokens;
    private static KeyRing keys;
    private static SigningKey key;
    private final List<TokenLabel> asked = new ArrayList<>();

    @BeforeAll
    static void provision() throws Exception {
        TestAppliance appliance = TestAppliance.in(folder);
        storeLocation = appliance.store();
        module = FaultyModule.install(folder.resolve("failing"));
        settings = List.of(
                SoftHsmToken.in(Files.createDirectory(folder.resolve("pins")), module.profile())
                        .settings(),
                appliance.token().settings());
        store = Store.open(appliance.store());
        tokens = Tokens.open(settings);
        try (ProvisioningLock lock = ProvisioningLock.take(appliance.store())) {
            var provisioning = new Provisioning(
                    tokens,
                    catalogue(),
                    new SecureRandom(),
                    InstantSource.system(),
                    new ChangePermit(lock, ChangeControl.ofOperator()));
            assertThat(provisioning.tokensOf(DECLARED))
                    .extracting(token -> provisioning.apply(DECLARED, token).outcome())
                    .containsOnly(ProvisionedKey.Outcome.CREATED);
        }
        keys = KeyRing.open(tokens, catalogue());
        key = keys.activeKey(DECLARED.alias(), KeyPurpose.BLOCK_SIGNING).orElseThrow();
    }

    private static KeyCatalogue catalogue() {
        return KeyCatalogue.open(
                store, settings.stream().map(TokenSettings::label).toList());
    }

    @AfterAll
    static void close() {
        tokens.close();
        store.close();
    }

    /** The session that answered a test may still count as busy, and the other token would be asked first then. */
    @BeforeEach
    void awaitThatNoneIsBusy() {
        Await.until(() -> tokens.all().stream()
                .allMatch(token -> token.health().status().pool("signing").busy() == 0));
    }

    private CompletionStage<byte[]> sign(CataloguedKey pair) {
        asked.add(pair.token());
        return keys.sign(pair, KeyPurpose.BLOCK_SIGNING, MESSAGE);
    }

    private byte[] untilOneSigns() {
        return keys.untilOneSigns(DECLARED.alias(), this::sign)
                .toCompletableFuture()
                .join();
    }

    @Test
    void eachTokenHasAPairOfItsOwn() {
        assertThat(key.pairs()).extracting(pair -> pair.token()).containsExactlyInAnyOrderElementsOf(tokens.labels());
        assertThat(key.pairs()).extracting(pair -> pair.keyId()).doesNotHaveDuplicates();
        assertThat(keys.recordedToken(key.pairs().getFirst()))
                .contains(key.pairs().getFirst().token());
    }

    @Test
    void whereATokenFailsTheOtherSigns() {
        try (InjectedFault _ = module.inject(TokenFault.away())) {
            assertThat(untilOneSigns()).hasSize(64);
        }
        assertThat(asked).containsExactlyElementsOf(tokens.labels());
    }

    @Test
    void whereAllFailTheRequestDoes() {
        CataloguedKey failing = keys.first(DECLARED.alias()).orElseThrow();
        try (InjectedFault _ = module.inject(TokenFault.away())) {
            assertThatThrownBy(() -> keys.untilOneSigns(DECLARED.alias(), pair -> {
                                asked.add(pair.token());
                                return keys.sign(failing, KeyPurpose.BLOCK_SIGNING, MESSAGE);
                            })
                            .toCompletableFuture()
                            .join())
                    .hasCauseInstanceOf(HsmFault.class);
        }
        assertThat(asked).containsExactlyElementsOf(tokens.labels());
    }

    @Test
    void whatIsNoFaultOfATokenIsNotTriedAgain() {
        assertThatThrownBy(() -> keys.untilOneSigns(DECLARED.alias(), pair -> {
                            asked.add(pair.token());
                            return failedStage(new IllegalStateException("a fault of ours"));
                        })
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aKeyInATokenThatIsNotDeclaredIsRefusedByTheTokensName() {
        Tokens first = Tokens.of(tokens.all().getFirst());
        assertThatThrownBy(() -> KeyRing.open(first, catalogue()))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining(
                        "is in the token '" + tokens.labels().getLast() + "', which is none of this appliance's");
    }

    @Test
    void aNewVersionGetsAPairInEachTokenAlsoWhereOneWasAwayAtFirst() {
        try (ProvisioningLock lock = ProvisioningLock.take(storeLocation)) {
            var preparation = new SigningKeyPreparation(
                    tokens,
                    catalogue(),
                    new SecureRandom(),
                    InstantSource.system(),
                    new ChangePermit(lock, ChangeControl.ofOperator()));
            Change.PrepareKey change = preparation.preparation(DECLARED.alias(), Optional.empty());
            assertThat(change.tokens()).containsExactlyInAnyOrderElementsOf(tokens.labels());
            try (InjectedFault _ = module.inject(TokenFault.away())) {
                assertThatThrownBy(() -> preparation.prepare(change)).isInstanceOf(HsmFault.class);
            }
            Await.until(() -> tokens.used().size() == 2);
            assertThat(preparation.prepare(preparation.preparation(DECLARED.alias(), Optional.empty())))
                    .allSatisfy(pair -> assertThat(pair.version()).isEqualTo(2))
                    .extracting(CataloguedKey::token)
                    .containsExactlyInAnyOrderElementsOf(tokens.labels());
        }
    }
}
