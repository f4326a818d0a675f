package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.verify.VerificationKey;

class HsmTest {
    private static final byte[] MESSAGE = "block 12 of lab-a".getBytes(UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private static Path folder;

    private static SoftHsmToken token;
    private static Hsm hsm;

    @BeforeAll
    static void open() {
        token = SoftHsmToken.in(folder);
        hsm = token.open();
    }

    @AfterAll
    static void close() {
        hsm.close();
    }

    private record Key(CkaId id, String label, VerificationKey publicKey) {}

    private static Key newKey(SigningAlgorithm algorithm) {
        CkaId id = CkaId.random(RANDOM);
        return new Key(id, "label-" + id, hsm.signingKeyAdministration().generate(id, "label-" + id, algorithm));
    }

    private static byte[] signature(CkaId id, VerificationKey key) {
        return hsm.signatures().sign(id, key, MESSAGE).toCompletableFuture().join();
    }

    @ParameterizedTest
    @EnumSource
    void aNewKeySignsAndItsAttributesAreAsDeclared(SigningAlgorithm algorithm) {
        Key key = newKey(algorithm);
        assertThat(key.publicKey().verifies(MESSAGE, signature(key.id(), key.publicKey())))
                .isTrue();
        assertThat(hsm.signingKeyAdministration().deviations(key.id(), key.label(), key.publicKey()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aSignatureOfAnotherKeyNeverLeaves(SigningAlgorithm algorithm) {
        Key asked = newKey(algorithm);
        Key other = newKey(algorithm);
        assertThatThrownBy(() -> signature(asked.id(), other.publicKey()))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(HsmFault.class)
                .hasMessage("the token's signature with CKA_ID " + asked.id() + " does not verify under key "
                        + other.publicKey().keyId() + "; it was discarded");
        assertThat(signature(asked.id(), asked.publicKey())).isNotEmpty();
    }

    @Test
    void aKeyThatIsNotThereSignsNothing() {
        Key key = newKey(SigningAlgorithm.ES256);
        CkaId nobody = CkaId.random(RANDOM);
        assertThatThrownBy(() -> signature(nobody, key.publicKey()))
                .cause()
                .isInstanceOf(HsmFault.class)
                .hasMessage("expected exactly one private key with CKA_ID " + nobody + " in the token, found 0");
    }

    @Test
    void aDestroyedKeySignsNothingThoughItsHandleWasKnown() {
        Key key = newKey(SigningAlgorithm.ES256);
        assertThat(signature(key.id(), key.publicKey())).isNotEmpty();
        assertThat(hsm.signingKeyAdministration().destroy(key.id())).isEqualTo(2);
        assertThatThrownBy(() -> signature(key.id(), key.publicKey())).hasCauseInstanceOf(HsmFault.class);
    }

    @Test
    void manySignaturesAtOnceAreEachOfTheirOwnKeyAndMessage() {
        List<Key> keys = List.of(newKey(SigningAlgorithm.ES256), newKey(SigningAlgorithm.ES384));
        List<CompletionStage<byte[]>> signatures = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Key key = keys.get(i % 2);
            signatures.add(hsm.signatures().sign(key.id(), key.publicKey(), message(i)));
        }
        for (int i = 0; i < signatures.size(); i++) {
            byte[] signature = signatures.get(i).toCompletableFuture().join();
            assertThat(keys.get(i % 2).publicKey().verifies(message(i), signature))
                    .isTrue();
        }
    }

    private static byte[] message(int i) {
        return ("block " + i).getBytes(UTF_8);
    }

    @Test
    void aTokenThatIsNotThereIsNamed() {
        var settings = new TokenSettings(
                token.settings().profile(),
                new TokenLabel("no such token"),
                token.userPin(),
                token.settings().refusedPins());
        assertThatThrownBy(() -> Hsm.open(settings))
                .isInstanceOf(HsmFault.class)
                .hasMessage("expected exactly one token labelled 'no such token', found none; connect it, make one with"
                        + " 'sealkeeper token init', or correct its label under 'tokens'");
    }

    @Test
    void aLibraryThatIsNotThereIsNamed() {
        TokenProfile profile = token.settings().profile();
        var nowhere = new TokenProfile(
                "SoftHSM 2",
                List.of(Path.of("/nowhere/libsofthsm2.so")),
                true,
                1,
                1,
                profile.deadline(),
                profile.hardDeadline(),
                profile.probeInterval(),
                profile.algorithms(),
                profile.recipientAlgorithm(),
                true);
        assertThatThrownBy(() -> Hsm.open(new TokenSettings(
                        nowhere,
                        token.label(),
                        token.userPin(),
                        token.settings().refusedPins())))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(
                        "the PKCS#11 library of SoftHSM 2 is not installed; looked for /nowhere/libsofthsm2.so; install"
                                + " it, or correct 'modules' in the profile");
    }
}
