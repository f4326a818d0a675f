package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.SoftHsmToken;

class RefusedLoginTest {
    private static final int STARTS = 100;

    @TempDir
    private Path folder;

    /** A supervisor that starts an appliance over and over must not lock the token. */
    @Test
    void aWrongPinAndAHundredStartsAreOneLogin() throws Exception {
        FaultyModule module = FaultyModule.install(folder.resolve("module"));
        SoftHsmToken token = SoftHsmToken.in(folder, module.profile());
        String right = Files.readString(token.userPin());
        Files.writeString(token.userPin(), "wrong-0123456789");
        long logins = module.calls("C_Login");

        for (int start = 0; start < STARTS; start++) {
            assertThatThrownBy(token::open).isInstanceOf(ConfigurationFault.class);
        }

        assertThat(module.calls("C_Login") - logins).isEqualTo(1);
        Files.writeString(token.userPin(), right);
        token.open().close();
        assertThat(module.calls("C_Login") - logins).isEqualTo(2);
        assertThat(token.settings().refusedPins()).doesNotExist();
    }
}
