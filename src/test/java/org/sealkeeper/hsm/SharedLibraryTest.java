package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.hsm.state.TokenChange;
import org.sealkeeper.hsm.state.TokenState;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TokenFault;
import org.sealkeeper.verify.VerificationKey;

/** Two tokens of one library: what is done to let the one in anew must not fail the other's requests. */
class SharedLibraryTest {
    private static final byte[] MESSAGE = "block".getBytes(UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private FaultyModule module;
    private Path directoryOfSecond;
    private Tokens tokens;
    private Hsm first;
    private Hsm second;
    private HealthKey key;
    private HealthKey keyOfSecond;

    @BeforeEach
    void open() throws Exception {
        module = FaultyModule.install(folder.resolve("module"));
        SoftHsmToken a = SoftHsmToken.in(Files.createDirectory(folder.resolve("a")), module.profile());
        Set<Path> before = directories();
        SoftHsmToken b = SoftHsmToken.in(Files.createDirectory(folder.resolve("b")), module.profile());
        Set<Path> made = new HashSet<>(directories());
        made.removeAll(before);
        directoryOfSecond = made.iterator().next();
        var loops = new BackgroundLoops();
        tokens = Tokens.open(List.of(a.settings(), b.settings()), loops);
        first = tokens.all().getFirst();
        second = tokens.all().getLast();
        key = newKey(first);
        keyOfSecond = newKey(second);
        watch(first, key, loops);
        watch(second, keyOfSecond, loops);
    }

    private static Set<Path> directories() throws IOException {
        Path all = Path.of(System.getenv("SOFTHSM2_CONF")).resolveSibling("tokens");
        try (Stream<Path> found = Files.list(all)) {
            return found.collect(Collectors.toSet());
        }
    }

    private static HealthKey newKey(Hsm hsm) {
        CkaId id = CkaId.random(new SecureRandom());
        VerificationKey made = hsm.signingKeyAdministration().generate(id, "label-" + id, SigningAlgorithm.ES256);
        return new HealthKey(id, made);
    }

    private static void watch(Hsm token, HealthKey with, BackgroundLoops loops) {
        var observer = new TokenObserver() {
            @Override
            public void changed(TokenChange change) {}

            @Override
            public void failed(HsmFault fault) {}

            @Override
            public void worked(String pool, Duration time) {}
        };
        Readmission proof =
                candidate -> sign(candidate, with).toCompletableFuture().join();
        TokenWatch.begin(token, loops, () -> Optional.of(with), proof, observer, () -> {});
    }

    @AfterEach
    void close() {
        module.clear();
        tokens.close();
    }

    private static CompletionStage<byte[]> sign(Hsm token, HealthKey with) {
        return token.signatures().sign(with.id(), with.publicKey(), MESSAGE);
    }

    private static TokenState state(Hsm token) {
        return token.health().status().state().state();
    }

    /** Has the first token sign again and again until this holds; every signature must be given. */
    private void signUntil(BooleanSupplier holds) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            assertThat(sign(first, key).toCompletableFuture().join()).hasSize(64);
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "not in time; the second token: " + second.health().status());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        } while (!holds.getAsBoolean());
    }

    private void askSecond() {
        try {
            sign(second, keyOfSecond).toCompletableFuture().join();
        } catch (CompletionException failed) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** SoftHSM looks for its tokens when it is initialized: so it must be initialized anew beside the token that is used. */
    @Test
    void oneThatWasAwayIsLetInAnewWhileTheOtherSigns() throws IOException {
        Path away = Files.move(directoryOfSecond, folder.resolve("away"));
        signUntil(() -> {
            askSecond();
            return state(second) == TokenState.DOWN;
        });
        long initialized = module.calls("C_Initialize");
        signUntil(() -> module.calls("C_Initialize") > initialized);
        Files.move(away, directoryOfSecond);
        signUntil(() -> state(second) == TokenState.READY);
        assertThat(sign(second, keyOfSecond).toCompletableFuture().join()).hasSize(64);
        assertThat(state(first)).isEqualTo(TokenState.READY);
    }

    @Test
    void oneThatLostItsLoginIsLetInAnewWithoutTheOther() {
        long initialized = module.calls("C_Initialize");
        try (InjectedFault _ = module.inject(TokenFault.answer("C_SignInit", 0x101L)
                .ofKey(keyOfSecond.id().hex())
                .times(1))) {
            askSecond();
            signUntil(() -> second.health().status().state().epoch() > 1 && state(second) == TokenState.READY);
        }
        assertThat(module.calls("C_Initialize")).isEqualTo(initialized);
        assertThat(first.health().status().state().epoch()).isEqualTo(1);
    }

    /** C_Finalize beside a call crashes the process. */
    @Test
    void theLibraryIsNotInitializedAnewOverACallOfTheOtherToken() throws InterruptedException {
        long initialized = module.calls("C_Initialize");
        TokenAccess other = first.health().access();
        assertThat(other.calls().enter(System.nanoTime())).isTrue();
        try {
            assertThatThrownBy(
                            () -> other.library().reinitialize(second.health().access(), Duration.ofMillis(50)))
                    .isInstanceOf(HsmFault.class)
                    .hasMessage("calls that are in another token of the library do not return");
        } finally {
            other.leave();
        }
        assertThat(module.calls("C_Initialize")).isEqualTo(initialized);
        assertThat(sign(first, key).toCompletableFuture().join()).hasSize(64);
    }
}
