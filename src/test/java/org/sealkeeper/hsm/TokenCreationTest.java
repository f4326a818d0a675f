package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_PIN_LEN_RANGE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TokenFault;

class TokenCreationTest {
    private static final PinGenerator PINS = new PinGenerator(new SecureRandom());

    @TempDir
    private Path folder;

    @Test
    void theTwoPinsAreRandomAndOnlyTheOwnerCanReadThem() throws IOException {
        SoftHsmToken token = SoftHsmToken.in(folder);
        for (Path file : new Path[] {token.soPin(), token.userPin()}) {
            assertThat(Files.readString(file)).matches("[A-Za-z0-9]{24}");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(token.soPin())).isNotEqualTo(Files.readString(token.userPin()));
    }

    @Test
    void anExistingTokenIsLeftAsItIs() {
        SoftHsmToken token = SoftHsmToken.in(folder);
        var again = new TokenCreation(token.settings().profile(), token.label());
        assertThat(again.exists()).isTrue();
        Path otherSoPin = folder.resolve("other-so.pin");
        assertThatThrownBy(() -> again.create(PINS, otherSoPin, folder.resolve("other-user.pin")))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage("a token labelled '" + token.label() + "' exists already; it was left as it is");
        assertThat(otherSoPin).doesNotExist();
        token.open().close();
    }

    @Test
    void anExistingPinFileIsNeverOverwritten() throws IOException {
        SoftHsmToken.prepare();
        Path userPin = Files.write(folder.resolve("user.pin"), "mine".getBytes(UTF_8));
        Path soPin = folder.resolve("so.pin");
        var creation = new TokenCreation(softHsm(), new TokenLabel("never made"));
        assertThatThrownBy(() -> creation.create(PINS, soPin, userPin))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(userPin
                        + ": a file exists already and is never overwritten; if it is left from a token that was"
                        + " never finished, remove it, else name another file");
        assertThat(userPin).hasContent("mine");
        assertThat(soPin).doesNotExist();
        assertThat(creation.exists()).isFalse();
    }

    /** They open nothing, and the next try would refuse to go on where they lie. */
    @Test
    void noPinIsLeftWhereTheTokenRefusesToBeMade() throws IOException {
        FaultyModule module = FaultyModule.install(folder.resolve("module"));
        Path soPin = folder.resolve("so.pin");
        Path userPin = folder.resolve("user.pin");
        var creation = new TokenCreation(TokenProfile.read(module.profile()), new TokenLabel("never made"));
        try (InjectedFault _ = module.inject(TokenFault.answer("C_InitToken", CKR_PIN_LEN_RANGE))) {
            assertThatThrownBy(() -> creation.create(PINS, soPin, userPin)).isInstanceOf(HsmFault.class);
        } finally {
            module.clear();
        }
        assertThat(soPin).doesNotExist();
        assertThat(userPin).doesNotExist();
        assertThat(creation.exists()).isFalse();
    }

    @Test
    void aTokenOfAVendorIsLeftToTheVendorsTool() {
        TokenProfile softHsm = softHsm();
        var vendor = new TokenProfile(
                "Luna",
                softHsm.modules(),
                false,
                1,
                1,
                softHsm.deadline(),
                softHsm.hardDeadline(),
                softHsm.probeInterval(),
                softHsm.algorithms(),
                softHsm.recipientAlgorithm(),
                false);
        assertThatThrownBy(() -> new TokenCreation(vendor, new TokenLabel("sealkeeper"))
                        .create(PINS, folder.resolve("so.pin"), folder.resolve("user.pin")))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageStartingWith("a token of Luna is made with its vendor's tool, not with PKCS#11");
    }

    private static TokenProfile softHsm() {
        return TokenProfile.read(Path.of("hsm-config/softhsm2/profile.yaml"));
    }
}
