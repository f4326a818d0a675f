package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.hsm.state.TokenStateMachine;
import org.sealkeeper.kernel.Overload;
import org.sealkeeper.testing.SoftHsmToken;

@Timeout(30)
class SessionPoolTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static TokenSettings settings;
    private static Epoch epoch;
    private static TokenAccess access;

    private final AtomicInteger opened = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private SessionPool pool;

    @BeforeAll
    static void login() {
        settings = SoftHsmToken.in(folder).settings();
        epoch = Epoch.begin(settings);
        access = new TokenAccess(
                new TokenStateMachine(System::nanoTime), Library.of(settings.profile()), Optional.of(epoch));
    }

    @AfterAll
    static void logout() {
        epoch.close();
    }

    @BeforeEach
    void open() {
        pool = new SessionPool("test", access, this::session, 1, 2, Duration.ofMillis(100), new BackgroundLoops());
    }

    @AfterEach
    void close() {
        released.countDown();
        pool.stop();
        boolean _ = pool.awaitEnd(System.nanoTime() + LONG.toNanos());
    }

    private PooledSession session(Epoch in) {
        opened.incrementAndGet();
        return new PooledSession(in, settings.profile());
    }

    private <T> CompletionStage<T> submit(Duration deadline, Function<PooledSession, T> work) {
        return pool.submit(new SessionRequest<>("", false, work, deadline));
    }

    /** Work that stays in the token until it is released. */
    private String hang(PooledSession ignored) {
        begun.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return "late";
    }

    private CompletionStage<String> occupy(Duration deadline) throws InterruptedException {
        CompletionStage<String> hanging = submit(deadline, this::hang);
        begun.await();
        return hanging;
    }

    @Test
    void oneMoreThanTheQueueHoldsIsAnOverload() throws InterruptedException {
        CompletionStage<String> hanging = occupy(LONG);
        CompletionStage<String> first = submit(LONG, session -> "first");
        CompletionStage<String> second = submit(LONG, session -> "second");
        assertThatThrownBy(() -> join(submit(LONG, session -> "third")))
                .cause()
                .isInstanceOf(Overload.class)
                .hasMessage("the HSM's queue is full: 2 requests wait");
        released.countDown();
        assertThat(join(hanging)).isEqualTo("late");
        assertThat(join(first)).isEqualTo("first");
        assertThat(join(second)).isEqualTo("second");
    }

    @Test
    void aRequestFailsAtItsDeadlineThoughTheTokenHangs() throws InterruptedException {
        CompletionStage<String> hanging = occupy(Duration.ofMillis(100));
        assertThatThrownBy(() -> join(hanging))
                .cause()
                .isInstanceOf(HsmFault.class)
                .hasMessage("the token did not answer within 100 ms");
    }

    @Test
    void aRequestFailsAtItsDeadlineThoughItStillWaits() throws InterruptedException {
        CompletionStage<String> _ = occupy(LONG);
        CompletionStage<String> waiting = submit(Duration.ofMillis(100), session -> "never");
        assertThatThrownBy(() -> join(waiting)).hasCauseInstanceOf(HsmFault.class);
    }

    @Test
    void aSessionThatHungPastADeadlineIsReplaced() throws InterruptedException {
        CompletionStage<String> hanging = occupy(Duration.ofMillis(100));
        assertThatThrownBy(() -> join(hanging)).hasCauseInstanceOf(HsmFault.class);
        released.countDown();
        assertThatItWorks();
        assertThat(opened).hasValue(2);
    }

    @Test
    void aSessionIsUsedAgainUntilItFails() {
        assertThatItWorks();
        assertThatItWorks();
        assertThat(opened).hasValue(1);
        assertThatThrownBy(() -> join(submit(LONG, session -> {
                    throw new IllegalStateException("a bug");
                })))
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatItWorks();
        assertThat(opened).hasValue(2);
    }

    /** There is one thread: if it died, whoever asks next would wait for nobody. */
    @Test
    void neitherAnErrorNorAnInterruptEndsAThread() {
        for (Error end : List.of(new StackOverflowError(), new NoClassDefFoundError())) {
            CompletionStage<String> failing = submit(LONG, session -> {
                throw end;
            });
            assertThatThrownBy(() -> join(failing)).hasCause(end);
            assertThatItWorks();
        }
        CompletionStage<String> interrupted = submit(LONG, session -> {
            Thread.currentThread().interrupt();
            return "interrupted";
        });
        assertThat(join(interrupted)).isEqualTo("interrupted");
        assertThatItWorks();
    }

    @Test
    void aClosedPoolRefusesWhatWaitsAndWhatComes() throws InterruptedException {
        CompletionStage<String> hanging = occupy(LONG);
        CompletionStage<String> waiting = submit(LONG, session -> "never");
        Thread closing = Thread.ofPlatform().start(pool::stop);
        assertThatThrownBy(() -> join(waiting)).cause().hasMessage("the token's sessions are closed");
        assertThatThrownBy(() -> join(submit(LONG, session -> "never")))
                .cause()
                .hasMessage("the token's sessions are closed");
        released.countDown();
        closing.join();
        assertThat(join(hanging)).isEqualTo("late");
    }

    private void assertThatItWorks() {
        CompletionStage<String> done = submit(LONG, session -> "done");
        assertThat(join(done)).isEqualTo("done");
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
