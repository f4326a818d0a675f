package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_ERROR;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_GENERAL_ERROR;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_USER_ALREADY_LOGGED_IN;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.state.TokenChange;
import org.sealkeeper.hsm.state.TokenState;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TokenFault;
import org.sealkeeper.verify.VerificationKey;

/** A token that fails in the ways that tokens fail, by a module before SoftHSM, and is in use again once it no longer does. */
@Timeout(60)
class TokenRecoveryTest {
    private static final byte[] MESSAGE = "block 12 of lab-a".getBytes(UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static FaultyModule module;
    private static SoftHsmToken token;
    private static HealthKey key;
    private static HealthKey other;

    private final Queue<TokenChange> changes = new ConcurrentLinkedQueue<>();
    private final CountDownLatch hopeless = new CountDownLatch(1);
    private volatile Readmission readmission = candidate -> {};
    private Hsm hsm;

    @BeforeAll
    static void makeToken() throws Exception {
        module = FaultyModule.install(folder.resolve("module"));
        Files.writeString(module.profile(), Files.readString(module.profile()).replaceFirst("deadlineMillis: .*", """
                        deadlineMillis: 2000
                        hardDeadlineSeconds: 3
                        probeSeconds: 1"""));
        token = SoftHsmToken.in(folder, module.profile());
        try (Hsm first = token.open()) {
            key = newKey(first);
            other = newKey(first);
        }
    }

    private static HealthKey newKey(Hsm hsm) {
        CkaId id = CkaId.random(RANDOM);
        VerificationKey made = hsm.signingKeyAdministration().generate(id, "label-" + id, SigningAlgorithm.ES256);
        return new HealthKey(id, made);
    }

    @BeforeEach
    void open() {
        var loops = new BackgroundLoops();
        hsm = Hsm.open(token.settings(), loops);
        var observer = new TokenObserver() {
            @Override
            public void changed(TokenChange change) {
                changes.add(change);
            }

            @Override
            public void failed(HsmFault fault) {}

            @Override
            public void worked(String pool, Duration time) {}
        };
        TokenWatch.begin(
                hsm,
                loops,
                () -> Optional.of(key),
                candidate -> readmission.prove(candidate),
                observer,
                hopeless::countDown);
    }

    @AfterEach
    void close() {
        module.clear();
        hsm.close();
    }

    @AfterAll
    static void endFaults() {
        module.clear();
    }

    private CompletableFuture<byte[]> sign(HealthKey with) {
        return hsm.signatures().sign(with.id(), with.publicKey(), MESSAGE).toCompletableFuture();
    }

    private TokenState state() {
        return hsm.health().status().state().state();
    }

    private void await(TokenState wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (state() != wanted) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("expected the token to become " + wanted + ", found "
                        + hsm.health().status() + " after " + changes);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private int epoch() {
        return hsm.health().status().state().epoch();
    }

    private List<TokenState> states() {
        return changes.stream().map(TokenChange::to).toList();
    }

    @Test
    void aLostLoginIsMadeAgainAndTheRequestIsAnswered() {
        assertThat(sign(key).join()).isNotEmpty();
        InjectedFault _ = module.inject(TokenFault.loggedOut());

        assertThat(sign(other).join()).isNotEmpty();

        await(TokenState.READY);
        assertThat(epoch()).isEqualTo(2);
        assertThat(states()).containsExactly(TokenState.RECOVERING, TokenState.READY);
    }

    @Test
    void lostSessionsAreOpenedAgainAndTheRequestIsAnswered() {
        assertThat(sign(key).join()).isNotEmpty();
        InjectedFault _ = module.inject(TokenFault.closedSessions());

        assertThat(sign(key).join()).isNotEmpty();

        await(TokenState.READY);
        assertThat(epoch()).isEqualTo(2);
    }

    @Test
    void aLibraryThatLostItsStateIsInUseAgain() {
        assertThat(sign(key).join()).isNotEmpty();
        InjectedFault _ = module.inject(TokenFault.reinitialized());

        assertThat(sign(key).join()).isNotEmpty();

        await(TokenState.READY);
        assertThat(epoch()).isEqualTo(2);
        assertThat(sign(other).join()).isNotEmpty();
    }

    @Test
    void aTokenThatWasAwayIsFoundAgain() {
        try (InjectedFault away = module.inject(TokenFault.away())) {
            assertThatThrownBy(() -> sign(key).join()).hasCauseInstanceOf(HsmFault.class);
            assertThat(state()).isEqualTo(TokenState.DOWN);
            assertThatThrownBy(() -> sign(key).join())
                    .cause()
                    .hasMessageStartingWith("the token is out of use (down): ");
            away.awaitHappened(4);
        }
        await(TokenState.READY);
        assertThat(sign(key).join()).isNotEmpty();
        assertThat(states()).containsExactly(TokenState.DOWN, TokenState.RECOVERING, TokenState.READY);
    }

    @Test
    void anotherTokenOfTheSameLabelIsRefusedByItsSerialNumber() {
        try (InjectedFault _ = module.inject(TokenFault.serialNumber("another"));
                InjectedFault _ = module.inject(
                        TokenFault.answer("C_Sign", CKR_DEVICE_ERROR).times(1))) {
            assertThatThrownBy(() -> sign(key).join()).hasCauseInstanceOf(HsmFault.class);
            awaitReason("found that of another: another token");
            assertThat(state()).isEqualTo(TokenState.DOWN);
        }
        await(TokenState.READY);
    }

    private void awaitReason(String reason) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!hsm.health().status().state().reason().contains(reason)) {
            assertThat(System.nanoTime()).as("%s", hsm.health().status()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Test
    void aTokenWhoseKeysAreNotAsDeclaredWaitsForAnOperator() {
        readmission = candidate -> {
            throw new ConfigurationFault("key lab-a/1 is not in the token as declared");
        };
        InjectedFault _ = module.inject(TokenFault.closedSessions());
        assertThatThrownBy(() -> sign(key).join())
                .cause()
                .hasMessage("the token is out of use (policy-failed): key lab-a/1 is not in the token as declared");
        assertThat(state()).isEqualTo(TokenState.POLICY_FAILED);

        readmission = candidate -> candidate.signatures().sign(key.id(), key.publicKey(), MESSAGE);
        hsm.health().retry("an operator looked");

        await(TokenState.READY);
        assertThat(sign(key).join()).isNotEmpty();
    }

    @Test
    void aRefusedPinIsTriedOnceAndTheNextOneWhenItsFileIsCorrected() throws Exception {
        String right = Files.readString(token.userPin());
        Files.writeString(token.userPin(), "wrong-0123456789");
        long logins = module.calls("C_Login");
        InjectedFault _ = module.inject(TokenFault.loggedOut());
        assertThatThrownBy(() -> sign(key).join()).hasCauseInstanceOf(HsmFault.class);
        await(TokenState.AUTH_FAILED);
        hsm.health().retry("an operator looked");
        awaitReason("refused the PIN in " + token.userPin() + " before");
        await(TokenState.AUTH_FAILED);
        assertThat(module.calls("C_Login") - logins).isEqualTo(1);

        Files.writeString(token.userPin(), right);

        await(TokenState.READY);
        assertThat(module.calls("C_Login") - logins).isEqualTo(2);
    }

    /** Its keys cannot be found then: they are not lost. */
    @Test
    void aLoginThatIsNoneIsTriedAgain() {
        try (InjectedFault login = module.inject(TokenFault.answer("C_Login", CKR_USER_ALREADY_LOGGED_IN))) {
            InjectedFault _ = module.inject(TokenFault.closedSessions());
            login.awaitHappened(2);
        }
        await(TokenState.READY);
        assertThat(sign(key).join()).isNotEmpty();
    }

    @Test
    void aTokenThatLockedItsPinIsNotLoggedInTo() {
        long logins = module.calls("C_Login");
        try (InjectedFault _ = module.inject(TokenFault.lockedOut())) {
            InjectedFault _ = module.inject(TokenFault.closedSessions());
            assertThatThrownBy(() -> sign(key).join()).hasCauseInstanceOf(HsmFault.class);
            await(TokenState.LOCKED_OUT);
            assertThat(module.calls("C_Login") - logins).isZero();
        }
        hsm.health().retry("its officer has set a new PIN");
        await(TokenState.READY);
    }

    @Test
    void aFailureThatPassesIsNotSeenByTheRequest() {
        InjectedFault _ =
                module.inject(TokenFault.answer("C_Sign", CKR_GENERAL_ERROR).times(2));

        assertThat(sign(key).join()).isNotEmpty();

        await(TokenState.READY);
        assertThat(epoch()).isEqualTo(1);
    }

    @Test
    void aKeyWhoseCallsHangLeavesTheOthersTheRest() {
        List<CompletableFuture<byte[]>> hanging = new ArrayList<>();
        try (InjectedFault hang =
                module.inject(TokenFault.hang("C_Sign").ofKey(other.id().hex()))) {
            for (int i = 0; i < 50; i++) {
                hanging.add(sign(other));
            }
            hang.awaitHappened(2);
            for (int i = 0; i < 50; i++) {
                assertThat(sign(key).join()).isNotEmpty();
            }
            hanging.forEach(one -> assertThatThrownBy(one::join).hasCauseInstanceOf(HsmFault.class));
            assertThat(state()).isNotEqualTo(TokenState.DOWN);
            assertThat(sign(key).join()).isNotEmpty();
            assertThat(hsm.health().status().pool("signing").stuck()).isEqualTo(2);
        }
        await(TokenState.READY);
        assertThat(sign(other).join()).isNotEmpty();
        awaitStuck(0);
    }

    private void awaitStuck(int calls) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (hsm.health().status().pool("signing").stuck() != calls) {
            assertThat(System.nanoTime()).as("%s", hsm.health().status()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Test
    void aTokenThatHangsIsOutOfUseUntilItsCallsReturn() {
        try (InjectedFault hang = module.inject(TokenFault.hang("C_Sign"))) {
            CompletableFuture<byte[]> first = sign(key);
            CompletableFuture<byte[]> second = sign(key);
            CompletableFuture<byte[]> third = sign(other);
            hang.awaitHappened(3);
            for (CompletableFuture<byte[]> one : List.of(first, second, third)) {
                assertThatThrownBy(one::join).hasCauseInstanceOf(HsmFault.class);
            }
            await(TokenState.DOWN);
        }
        await(TokenState.READY);
        assertThat(sign(key).join()).isNotEmpty();
        assertThat(epoch()).isEqualTo(2);
    }

    @Test
    void whereCallsNeverReturnTheProcessIsToEnd() throws InterruptedException {
        try (InjectedFault hang = module.inject(TokenFault.hang("C_Sign"))) {
            CompletableFuture<byte[]> _ = sign(key);
            CompletableFuture<byte[]> _ = sign(key);
            CompletableFuture<byte[]> _ = sign(other);
            hang.awaitHappened(3);
            assertThat(hopeless.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(state()).isEqualTo(TokenState.DOWN);
        }
        await(TokenState.READY);
    }

    @Test
    void aLoginThatHangsIsHopelessToo() throws InterruptedException {
        try (InjectedFault hang = module.inject(TokenFault.hang("C_Login"))) {
            InjectedFault _ = module.inject(TokenFault.closedSessions());
            assertThatThrownBy(() -> sign(key).join()).hasCauseInstanceOf(HsmFault.class);
            hang.awaitHappened(1);
            assertThat(hopeless.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }
}
