package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_ERROR;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TokenFault;

/** What a token says of itself. */
class TokenDescriptionTest {
    @TempDir
    private static Path folder;

    private static FaultyModule module;
    private static SoftHsmToken token;

    @BeforeAll
    static void makeToken() throws Exception {
        module = FaultyModule.install(folder.resolve("module"));
        Files.writeString(
                module.profile(),
                Files.readString(module.profile()).replaceFirst("deadlineMillis: .*", "deadlineMillis: 1000"));
        token = SoftHsmToken.in(folder, module.profile());
    }

    @AfterEach
    void endFaults() {
        module.clear();
    }

    private static TokenDescription found() {
        return TokenDescription.find(token.settings().profile(), token.label());
    }

    @Test
    void itIsFoundWithoutALogin() {
        long logins = module.calls("C_Login");
        TokenDescription found = found();
        assertThat(found.manufacturer()).isEqualTo("SoftHSM project");
        assertThat(found.model()).isEqualTo("SoftHSM v2");
        assertThat(found.serial()).matches("[0-9a-f]{16}");
        assertThat(found.firmwareVersion()).matches("\\d+\\.\\d+");
        assertThat(found.flags())
                .containsExactly("CKF_TOKEN_INITIALIZED", "CKF_LOGIN_REQUIRED", "CKF_USER_PIN_INITIALIZED");
        assertThat(found.sessions().most()).isEqualTo("unlimited");
        assertThat(module.calls("C_Login")).isEqualTo(logins);
    }

    @Test
    void itSaysWhatTheProfileAsksForAndWhetherTheTokenOffersIt() {
        assertThat(found().mechanisms())
                .containsExactly(
                        new AskedMechanism("ES256", "CKM_ECDSA", true),
                        new AskedMechanism("ES384", "CKM_ECDSA", true),
                        new AskedMechanism("PS256", "CKM_SHA256_RSA_PKCS_PSS", true),
                        new AskedMechanism("EdDSA", "CKM_EDDSA", true),
                        new AskedMechanism("RSA-OAEP", "CKM_RSA_PKCS_OAEP", true));
    }

    @Test
    void aPinThatIsNearlyLockedIsAFlag() {
        module.inject(TokenFault.finalTry());
        assertThat(found().flags()).contains("CKF_USER_PIN_FINAL_TRY");
    }

    @Test
    void whatATokenDoesNotAnswerIsTold() {
        try (Hsm hsm = token.open()) {
            assertThat(hsm.health().describe().toCompletableFuture().join()).isEqualTo(found());
            module.inject(TokenFault.answer("C_GetTokenInfo", CKR_DEVICE_ERROR));
            assertThatThrownBy(
                            () -> hsm.health().describe().toCompletableFuture().join())
                    .hasCauseInstanceOf(HsmFault.class)
                    .hasMessageContaining("C_GetTokenInfo with CKR_DEVICE_ERROR");
        }
    }

    @Test
    void thoseWhoLookAtATokenThatDoesNotAnswerHoldOneSession() {
        try (Hsm hsm = token.open()) {
            module.inject(TokenFault.hang("C_GetTokenInfo"));
            for (int look = 0; look < 3; look++) {
                assertThatThrownBy(() ->
                                hsm.health().describe().toCompletableFuture().get(20, TimeUnit.SECONDS))
                        .hasMessageContaining("the token did not answer within 1000 ms");
            }
            assertThat(hsm.health().status().pool("administration").stuck()).isEqualTo(1);
            module.clear();
        }
    }
}
