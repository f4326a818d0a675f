package org.sealkeeper.hsm.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ATTRIBUTE_READ_ONLY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_GENERAL_ERROR;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_MECHANISM_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_OBJECT_HANDLE_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_OK;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.SecurityOfficer;
import org.sealkeeper.hsm.SigningKeyAdministration;
import org.sealkeeper.hsm.trial.Trial.Verdict;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TokenFault;

class TokenTrialsTest {
    @TempDir
    private static Path folder;

    private static FaultyModule module;
    private static Hsm hsm;

    @BeforeAll
    static void open() throws Exception {
        module = FaultyModule.install(folder.resolve("failing"));
        hsm = SoftHsmToken.in(Files.createDirectory(folder.resolve("pins")), module.profile())
                .open();
    }

    @AfterAll
    static void close() {
        module.clear();
        hsm.close();
    }

    private static List<Trial> trials() {
        return new TokenTrials(hsm, new SecureRandom()).run();
    }

    @Test
    void softHsmKeepsEveryPromiseAndNothingIsLeftInIt() {
        assertThat(trials())
                .filteredOn(trial -> trial.verdict() != Verdict.KEPT)
                .extracting(Trial::promise)
                .containsExactly("the security officer alone makes trusted keys");
        assertThat(trials()).hasSize(8);
        assertThat(hsm.inspection().findings(List.of())).isEmpty();
    }

    @Test
    void whatTakesTheSecurityOfficerIsTriedByTheOfficer() throws Exception {
        SoftHsmToken token = SoftHsmToken.in(Files.createDirectory(folder.resolve("officer")));
        var settings = token.settings();
        try (var officer = SecurityOfficer.open(settings.profile(), token.label(), token.soPin())) {
            assertThat(OfficerTrial.of(officer).verdict()).isEqualTo(Verdict.KEPT);
        }
        try (Hsm user = token.open()) {
            assertThat(user.inspection().findings(List.of())).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "C_GenerateKeyPair,   " + CKR_MECHANISM_INVALID + ", ES256 keys sign",
        "C_SetAttributeValue, " + CKR_ATTRIBUTE_READ_ONLY + ", it remembers what was signed",
        "C_CopyObject,        " + CKR_OK + ", data keys leave only wrapped",
        "C_GenerateKey,       " + CKR_MECHANISM_INVALID + ", key-encryption keys unwrap",
    })
    void whatATokenDoesNotDoIsNamed(String function, long answer, String promise) {
        try (InjectedFault _ = module.inject(TokenFault.answer(function, answer))) {
            assertThat(trials())
                    .filteredOn(trial -> trial.verdict() == Verdict.BROKEN)
                    .extracting(Trial::promise)
                    .anyMatch(broken -> broken.startsWith(promise));
        }
    }

    /** One answer of a token that is well does not hide what all other trials found. */
    @Test
    void whatATokenAnswersAsIfItHadFailedIsUnknownAndTheRestIsTold() {
        try (InjectedFault _ = module.inject(TokenFault.answer("C_GenerateKeyPair", CKR_GENERAL_ERROR))) {
            assertThat(trials())
                    .extracting(Trial::verdict)
                    .containsSubsequence(Verdict.UNKNOWN, Verdict.KEPT, Verdict.KEPT, Verdict.NOT_TRIED, Verdict.KEPT);
        }
    }

    @Test
    void anAnswerThatIsNoRefusalDoesNotShowThatAPrivateKeyIsKept() {
        SigningKeyAdministration keys = hsm.signingKeyAdministration();
        CkaId id = CkaId.random(new SecureRandom());
        var _ = keys.generate(id, "asked for its value", SigningAlgorithm.ES256);
        try (InjectedFault _ = module.inject(TokenFault.answer("C_GetAttributeValue", CKR_OBJECT_HANDLE_INVALID))) {
            assertThatThrownBy(() -> keys.givesAway(id)).isInstanceOf(HsmFault.class);
        } finally {
            int _ = keys.destroy(id);
        }
    }

    @Test
    void aTokenThatIsAwayBreaksNoPromise() {
        try (InjectedFault _ = module.inject(TokenFault.away())) {
            assertThatThrownBy(TokenTrialsTest::trials).isInstanceOf(HsmFault.class);
        }
    }
}
