package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ENCRYPTED_DATA_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ENCRYPTED_DATA_LEN_RANGE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_GENERAL_ERROR;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_WRAPPED_KEY_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_WRAPPED_KEY_LEN_RANGE;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.hsm.DataKeyOutcome.NewDataKey;
import org.sealkeeper.hsm.DataKeyOutcome.NotAWrappedKey;
import org.sealkeeper.hsm.DataKeyOutcome.Released;
import org.sealkeeper.hsm.DataKeyOutcome.ReleasedKey;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TokenFault;

/** Whether the wrapped key is wrong, or the token that says so. */
class DataKeyFailureTest {
    private static final RecipientKeyPair LAB = RecipientKeyPair.generate();

    @TempDir
    private static Path folder;

    private static FaultyModule module;
    private static Hsm hsm;
    private static CkaId kek;

    @BeforeAll
    static void open() throws Exception {
        module = FaultyModule.install(folder.resolve("module"));
        SoftHsmToken token = SoftHsmToken.in(folder, module.profile());
        try (var officer = SecurityOfficer.open(token.settings().profile(), token.label(), token.soPin())) {
            assertThat(officer.trust(LAB.publicKey(), "lab-a")).isTrue();
        }
        hsm = token.open();
        kek = CkaId.random(new SecureRandom());
        hsm.dataKeyAdministration().generateKeyEncryptionKey(kek, "patient-data", false);
    }

    @AfterAll
    static void close() {
        module.clear();
        hsm.close();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                CKR_WRAPPED_KEY_INVALID,
                CKR_WRAPPED_KEY_LEN_RANGE,
                CKR_ENCRYPTED_DATA_INVALID,
                CKR_ENCRYPTED_DATA_LEN_RANGE,
                CKR_GENERAL_ERROR
            })
    void aTokenThatTakesNoWrappedKeyAnyMoreHasFailed(long returnValue) {
        byte[] wrapped = wrapped();

        try (InjectedFault _ = module.inject(TokenFault.answer("C_UnwrapKey", returnValue))) {
            assertThatThrownBy(() -> release(wrapped)).hasCauseInstanceOf(HsmFault.class);
        }
        assertThat(release(wrapped)).isInstanceOf(ReleasedKey.class);
    }

    @Test
    void aTokenThatRefusesOneIsBelievedWhereItTakesItsOwn() {
        byte[] forged = wrapped();
        forged[0] ^= 1;

        assertThat(release(forged)).isEqualTo(new NotAWrappedKey());
    }

    private static byte[] wrapped() {
        var made = (NewDataKey) hsm.dataKeys()
                .generate(kek, LAB.publicKey(), List.of())
                .toCompletableFuture()
                .join();
        return made.wrapped();
    }

    private static Released release(byte[] wrapped) {
        return hsm.dataKeys()
                .release(kek, wrapped, LAB.publicKey())
                .toCompletableFuture()
                .join();
    }
}
