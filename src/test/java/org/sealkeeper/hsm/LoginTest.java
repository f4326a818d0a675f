package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_USER_ALREADY_LOGGED_IN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFault;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.hsm.state.TokenState;
import org.sealkeeper.hsm.state.TokenStateMachine;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TokenFault;

/** How often a token is asked about a PIN that it refuses. */
@Timeout(60)
class LoginTest {
    private static final String WRONG = "wrong-0123456789";

    @TempDir
    private static Path shared;

    private static FaultyModule module;

    @TempDir
    Path folder;

    private SoftHsmToken token;
    private long before;

    @BeforeAll
    static void install() {
        module = FaultyModule.install(shared.resolve("module"));
    }

    @BeforeEach
    void make() {
        token = SoftHsmToken.in(folder, module.profile());
        before = module.calls("C_Login");
    }

    @AfterEach
    void endFaults() {
        module.clear();
    }

    private long logins() {
        return module.calls("C_Login") - before;
    }

    /** As where the disk is full: the file can be read, and not be written. */
    private void letNoRefusedPinBeWritten() throws IOException {
        Path orphan = folder.resolve(".refused-pins.draft-999999999999-01234567");
        Files.createDirectories(orphan.resolve("which cannot be deleted"));
        assertThatThrownBy(() -> new RefusedPins(token.settings().refusedPins()).add(WRONG.toCharArray()))
                .isInstanceOf(FileFault.class);
    }

    @Test
    void aDozenStartsTryAWrongPinOnce() throws IOException {
        Files.writeString(token.userPin(), WRONG);
        for (int i = 0; i < 12; i++) {
            assertThatThrownBy(token::open)
                    .isInstanceOf(ConfigurationFault.class)
                    .hasMessageContaining("refused the PIN in " + token.userPin());
        }
        assertThat(logins()).isEqualTo(1);
    }

    /** A start that fails is started again by its supervisor, and one that is refused is not. */
    @Test
    void aStartThatCannotRememberTheRefusalIsRefusedToo() throws IOException {
        letNoRefusedPinBeWritten();
        Files.writeString(token.userPin(), WRONG);
        assertThatThrownBy(token::open)
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("refused the PIN in " + token.userPin());
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void aRecoveryThatCannotRememberTheRefusalTriesThePinOnce() throws Exception {
        try (Hsm hsm = token.open()) {
            TokenStateMachine machine = hsm.health().machine();
            machine.watch(change -> {});
            var recovery = new TokenRecovery(hsm, candidate -> {}, () -> {});
            letNoRefusedPinBeWritten();
            Files.writeString(token.userPin(), WRONG);
            before = module.calls("C_Login");
            machine.failed(1, Meaning.GONE, "away");

            recovery.tryWhenDue();

            assertThat(machine.state()).as("%s", machine.snapshot()).isEqualTo(TokenState.AUTH_FAILED);
            assertThat(logins()).isEqualTo(1);
        }
    }

    @Test
    void aTokenThatOnlySaysThatItsUserIsLoggedInFails() {
        try (InjectedFault _ = module.inject(TokenFault.answer("C_Login", CKR_USER_ALREADY_LOGGED_IN))) {
            assertThatThrownBy(token::open)
                    .isInstanceOf(HsmFault.class)
                    .hasMessageContaining("expected the user to be logged in, found state");
        }
        try (Hsm hsm = token.open()) {
            assertThat(hsm.health().status().state().state()).isEqualTo(TokenState.READY);
        }
    }

    @Test
    void aTokenThatWouldLockAtOneMoreWrongPinIsNotAsked() {
        try (InjectedFault _ = module.inject(TokenFault.finalTry())) {
            assertThatThrownBy(token::open)
                    .isInstanceOf(ConfigurationFault.class)
                    .hasMessageContaining("would lock at one more wrong PIN");
        }
        assertThat(logins()).isZero();
    }
}
