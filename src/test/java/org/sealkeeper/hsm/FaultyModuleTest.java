package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_ERROR;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_REMOVED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_OK;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_PIN_LOCKED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_SESSION_HANDLE_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_TOKEN_NOT_PRESENT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKS_RW_PUBLIC_SESSION;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKS_RW_USER_FUNCTIONS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_USER;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.JavaProcess;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TokenFault;
import org.sealkeeper.verify.VerificationKey;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;

/** What tests rely on when they make a token fail: {@code src/test/native/faulty}. */
@Timeout(60)
class FaultyModuleTest {
    private static final byte[] MESSAGE = "block 12 of lab-a".getBytes(UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long OF_A_VENDOR = 0x80000042L;
    private static final int KILLED = 128 + 9;

    @TempDir
    private static Path folder;

    private static FaultyModule module;
    private static SoftHsmToken softHsm;

    private Hsm hsm;
    private Token token;
    private Session session;

    @BeforeAll
    static void install() {
        module = FaultyModule.install(folder.resolve("faulty"));
        softHsm = SoftHsmToken.in(folder, module.profile());
    }

    @BeforeEach
    void open() {
        hsm = softHsm.open();
        token = found();
        session = Epoch.openSession(token, true);
    }

    @AfterEach
    void close() {
        module.clear();
        Epoch.close(session);
        hsm.close();
    }

    private static Token found() {
        return TokenSlot.labelled(
                        Library.of(softHsm.settings().profile()).module(),
                        softHsm.label().value())
                .token();
    }

    private interface Call {
        void run() throws PKCS11Exception;
    }

    private static long answerOf(Call call) {
        try {
            call.run();
            return CKR_OK;
        } catch (PKCS11Exception e) {
            return e.getErrorCode();
        }
    }

    private long random() {
        return answerOf(() -> session.generateRandom(16));
    }

    private record Key(CkaId id, VerificationKey publicKey) {}

    private Key newKey(SigningAlgorithm algorithm) {
        CkaId id = CkaId.random(RANDOM);
        return new Key(id, hsm.signingKeyAdministration().generate(id, "label-" + id, algorithm));
    }

    private CompletableFuture<byte[]> signature(Key key) {
        return hsm.signatures().sign(key.id(), key.publicKey(), MESSAGE).toCompletableFuture();
    }

    private static boolean verifies(Key key, byte[] signature) {
        return key.publicKey().verifies(MESSAGE, signature);
    }

    @Test
    void withoutAFaultTheTokenDoesWhatItAlwaysDoes() {
        long before = module.calls("C_Sign");
        long faults = module.faults("C_Sign");
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            Key key = newKey(algorithm);
            assertThat(verifies(key, signature(key).join())).isTrue();
        }
        assertThat(module.calls("C_Sign") - before).isGreaterThanOrEqualTo(SigningAlgorithm.values().length);
        CkaId kek = CkaId.random(RANDOM);
        hsm.dataKeyAdministration().generateKeyEncryptionKey(kek, "patient-data-v1", false);
        assertThat(hsm.dataKeys()
                        .probePolicy(List.of(kek))
                        .toCompletableFuture()
                        .join())
                .hasSizeGreaterThan(40)
                .allMatch(PolicyAttempt::isRefused);
        assertThat(module.faults("C_Sign")).isEqualTo(faults);
    }

    @Test
    void someCallsAreAnsweredWithoutTheToken() {
        InjectedFault fault = module.inject(
                TokenFault.answer("C_GenerateRandom", OF_A_VENDOR).after(1).times(2));
        long before = module.faults("C_GenerateRandom");
        assertThat(Stream.generate(this::random).limit(4)).containsExactly(CKR_OK, OF_A_VENDOR, OF_A_VENDOR, CKR_OK);
        assertThat(fault.happened()).isEqualTo(2);
        assertThat(module.faults("C_GenerateRandom") - before).isEqualTo(2);
    }

    @Test
    void anAnswerIsLostOfWhatTheTokenDid() {
        long before = module.calls("C_DestroyObject");
        Key key = newKey(SigningAlgorithm.ES256);
        module.inject(TokenFault.lostAnswer("C_DestroyObject", CKR_DEVICE_ERROR));
        assertThatThrownBy(() -> hsm.signingKeyAdministration().destroy(key.id()))
                .hasMessageContaining("CKR_DEVICE_ERROR");
        module.clear();
        assertThat(hsm.signingKeyAdministration().destroy(key.id())).isOne();
        assertThat(module.calls("C_DestroyObject") - before).isEqualTo(2);
    }

    @Test
    void aCallTakesLonger() {
        module.inject(TokenFault.delay("C_GenerateRandom", Duration.ofMillis(200)));
        long begun = System.nanoTime();
        assertThat(random()).isEqualTo(CKR_OK);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void theSignaturesOfOneKeyHangAndThenGoOn() {
        Key hanging = newKey(SigningAlgorithm.ES256);
        Key other = newKey(SigningAlgorithm.ES256);
        InjectedFault fault =
                module.inject(TokenFault.hang("C_Sign").ofKey(hanging.id().hex()));
        CompletableFuture<byte[]> waiting = signature(hanging);
        fault.awaitHappened(1);
        assertThat(verifies(other, signature(other).join())).isTrue();
        assertThat(waiting).isNotDone();
        fault.close();
        assertThat(verifies(hanging, waiting.join())).isTrue();
    }

    @Test
    void aSlowTokenComputesForFewAtATime() {
        Key key = newKey(SigningAlgorithm.ES256);
        InjectedFault slow = module.inject(TokenFault.slow(Duration.ofMillis(100), 2));
        long begun = System.nanoTime();
        List<CompletableFuture<byte[]>> signatures =
                Stream.generate(() -> signature(key)).limit(6).toList();
        assertThat(signatures).allMatch(signature -> verifies(key, signature.join()));
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThanOrEqualTo(Duration.ofMillis(100).multipliedBy(slow.happened() / 2));
    }

    @Test
    void aTokenThatIsAwayIsInNoSlot() throws PKCS11Exception {
        module.inject(TokenFault.away());
        assertThat(token.getSlot().getModule().getSlotList(true)).isEmpty();
        assertThat(token.getSlot().getModule().getSlotList(false)).isNotEmpty();
        assertThat(token.getSlot().getSlotInfo().isTokenPresent()).isFalse();
        assertThat(answerOf(token::getTokenInfo)).isEqualTo(CKR_TOKEN_NOT_PRESENT);
        assertThat(random()).isEqualTo(CKR_DEVICE_REMOVED);
        module.clear();
        assertThat(random()).isEqualTo(CKR_OK);
    }

    @Test
    void aTokenIsLockedOut() {
        hsm.close();
        module.inject(TokenFault.lockedOut());
        long before = module.calls("C_Login");
        assertThatThrownBy(softHsm::open)
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("CKF_USER_PIN_LOCKED");
        assertThat(module.calls("C_Login")).isEqualTo(before);
        assertThat(answerOf(() -> session.login(CKU_USER, "1234".toCharArray())))
                .isEqualTo(CKR_PIN_LOCKED);
        assertThat(module.calls("C_Login")).isEqualTo(before + 1);
    }

    @Test
    void aTokenSaysThatOneMoreWrongPinLocksIt() {
        module.inject(TokenFault.finalTry());
        assertThatThrownBy(softHsm::open).hasMessageContaining("CKF_USER_PIN_FINAL_TRY");
    }

    @Test
    void aTokenHasAnotherSerialNumber() throws PKCS11Exception {
        String own = token.getTokenInfo().getSerialNumber();
        InjectedFault fault = module.inject(TokenFault.serialNumber("of-another"));
        assertThat(token.getTokenInfo().getSerialNumber().strip()).isEqualTo("of-another");
        fault.close();
        assertThat(token.getTokenInfo().getSerialNumber()).isEqualTo(own);
    }

    @Test
    void allSessionsAreClosedOnce() {
        module.inject(TokenFault.closedSessions());
        assertThat(random()).isEqualTo(CKR_SESSION_HANDLE_INVALID);
        session = Epoch.openSession(token, true);
        assertThat(random()).isEqualTo(CKR_OK);
    }

    @Test
    void theUserIsLoggedOutOnce() throws PKCS11Exception {
        assertThat(session.getSessionInfo().getState()).isEqualTo(CKS_RW_USER_FUNCTIONS);
        module.inject(TokenFault.loggedOut());
        assertThat(session.getSessionInfo().getState()).isEqualTo(CKS_RW_PUBLIC_SESSION);
    }

    @Test
    void theModuleIsInitializedAnewOnce() {
        module.inject(TokenFault.reinitialized());
        assertThat(random()).isEqualTo(CKR_SESSION_HANDLE_INVALID);
        session = Epoch.openSession(found(), true);
        assertThat(random()).isEqualTo(CKR_OK);
    }

    @Test
    void aFaultThatCouldNeverHappenIsRefused() {
        assertThatThrownBy(() -> TokenFault.hang("C_Sing"))
                .hasMessage("expected * or a function of PKCS#11, found C_Sing");
    }

    @Test
    void aProcessThatRunsIsKilledAndItsCallsStayCounted() throws InterruptedException {
        Process process = JavaProcess.start(
                Map.of(),
                FaultyModuleTest.class.getName(),
                List.of(module.library().toString()));
        InjectedFault running = module.inject(TokenFault.delay("C_GetSlotList", Duration.ofMillis(1)));
        running.awaitHappened(3);
        long before = module.calls("C_GetSlotList");
        InjectedFault kill = module.inject(TokenFault.kill("C_GetSlotList").after(5));
        assertThat(process.waitFor()).isEqualTo(KILLED);
        assertThat(module.calls("C_GetSlotList")).isGreaterThanOrEqualTo(before + 6);
        assertThat(kill.happened()).isOne();
    }

    /** The process that is killed: it asks the module again and again. */
    public static void main(String[] arguments) throws IOException, TokenException {
        PKCS11Module module = PKCS11Module.getInstance(arguments[0]);
        module.initialize();
        while (true) {
            var _ = module.getSlotList(true);
        }
    }
}
