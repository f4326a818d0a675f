package org.sealkeeper.hsm.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.testing.WaitingThread;

@Timeout(30)
class TokenStateMachineTest {
    private static final String WHY = "the token answered C_Sign with something";

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final TokenStateMachine machine = new TokenStateMachine(clock::get);
    private final List<TokenChange> changes = new ArrayList<>();

    @BeforeEach
    void watch() {
        machine.watch(changes::add);
    }

    private void fail(Meaning meaning) {
        fail(meaning, 1);
    }

    private void fail(Meaning meaning, int times) {
        for (int i = 0; i < times; i++) {
            machine.failed(epoch(), meaning, WHY);
        }
    }

    private int epoch() {
        return machine.snapshot().epoch();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private void assertState(TokenState expected) {
        assertThat(machine.state()).isEqualTo(expected);
    }

    private List<TokenState> states() {
        return changes.stream().map(TokenChange::to).toList();
    }

    /** The state that one failure of a token which works leads to. */
    private static TokenState after(Meaning.Effect effect) {
        return switch (effect) {
            case NONE, SUSPECT_WHEN_REPEATED -> TokenState.READY;
            case SUSPECT -> TokenState.SUSPECT;
            case RECOVER -> TokenState.RECOVERING;
            case DOWN -> TokenState.DOWN;
            case AUTH_FAILED -> TokenState.AUTH_FAILED;
            case LOCKED_OUT -> TokenState.LOCKED_OUT;
        };
    }

    /** Operators must be told of it, though it never went away. */
    @Test
    void aTokenThatIsAwayFromTheStartIsToldAndLetInAtOnce() {
        var away = TokenStateMachine.notLetIn(clock::get, TokenState.DOWN, WHY);
        assertThat(away.state().isUsed()).isFalse();
        away.watch(changes::add);
        assertThat(changes).containsExactly(new TokenChange(TokenState.DOWN, TokenState.DOWN, 0, WHY));
        assertThat(away.isRecoveryDue()).isTrue();
        away.found();
        away.recovered();
        assertThat(away.snapshot().epoch()).isEqualTo(1);
        assertThat(states()).containsExactly(TokenState.DOWN, TokenState.RECOVERING, TokenState.READY);
    }

    @Test
    void aPinThatWasRefusedAtTheStartWaitsForAnOperator() {
        var refused = TokenStateMachine.notLetIn(clock::get, TokenState.AUTH_FAILED, WHY);
        refused.watch(changes::add);
        assertThat(refused.isRecoveryDue()).isFalse();
        refused.retry("SIGHUP");
        assertThat(refused.isRecoveryDue()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Meaning.class)
    void oneFailureDoesWhatItsMeaningSays(Meaning meaning) {
        fail(meaning);
        assertState(after(meaning.effect()));
        assertThat(machine.isRecoveryDue())
                .isEqualTo(machine.state() == TokenState.RECOVERING || machine.state() == TokenState.DOWN);
    }

    @ParameterizedTest
    @EnumSource(Meaning.class)
    void failuresOfAnotherEpochChangeNothing(Meaning meaning) {
        machine.failed(0, meaning, WHY);
        machine.failed(2, meaning, WHY);
        assertState(TokenState.READY);
        assertThat(changes).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Meaning.class)
    void aTokenThatIsNotWatchedStaysReady(Meaning meaning) {
        var unwatched = new TokenStateMachine(clock::get);
        for (int i = 0; i < 5; i++) {
            unwatched.failed(1, meaning, WHY);
        }
        unwatched.stuck(4, 4);
        assertThat(unwatched.state()).isEqualTo(TokenState.READY);
    }

    @Nested
    class Suspect {
        @Test
        void aProofMakesItReady() {
            fail(Meaning.BUSY);
            machine.proved(1);
            assertState(TokenState.READY);
            assertThat(states()).containsExactly(TokenState.SUSPECT, TokenState.READY);
        }

        @Test
        void aProofOfAnotherEpochDoesNot() {
            fail(Meaning.BUSY);
            machine.proved(0);
            assertState(TokenState.SUSPECT);
        }

        @Test
        void fiveFailuresInTenSecondsAreAnOutage() {
            fail(Meaning.BUSY);
            pass(Duration.ofSeconds(10));
            fail(Meaning.BUSY, 3);
            assertState(TokenState.SUSPECT);
            fail(Meaning.BUSY);
            assertState(TokenState.DOWN);
        }

        @Test
        void fiveInElevenSecondsAreNot() {
            fail(Meaning.BUSY);
            pass(Duration.ofSeconds(11));
            fail(Meaning.BUSY, 4);
            assertState(TokenState.SUSPECT);
        }

        /** A token that fails and proves itself in turns is no token to sign with. */
        @Test
        void aProofInBetweenForgetsNoFailure() {
            for (int i = 0; i < 4; i++) {
                fail(Meaning.BUSY);
                machine.proved(1);
            }
            fail(Meaning.BUSY);
            assertState(TokenState.DOWN);
        }

        @Test
        void aStaleHandleMakesItSuspectOnlyWhenRepeated() {
            fail(Meaning.STALE_HANDLE);
            assertState(TokenState.READY);
            pass(Duration.ofSeconds(11));
            fail(Meaning.STALE_HANDLE);
            assertState(TokenState.READY);
            pass(Duration.ofSeconds(10));
            fail(Meaning.STALE_HANDLE);
            assertState(TokenState.SUSPECT);
        }
    }

    @Nested
    class Stuck {
        @Test
        void halfOfThePoolIsNoOutage() {
            machine.stuck(2, 4);
            assertState(TokenState.READY);
        }

        @Test
        void moreThanHalfIs() {
            machine.stuck(3, 4);
            assertState(TokenState.DOWN);
            assertThat(machine.snapshot().reason()).isEqualTo("3 of 4 sessions wait for calls that do not return");
        }
    }

    @Nested
    class Recovery {
        @Test
        void isDueAtOnceAndThenAfterPausesThatGrowToTwoSeconds() {
            fail(Meaning.GONE);
            for (int millis : new int[] {250, 500, 1000, 2000, 2000}) {
                assertThat(machine.isRecoveryDue()).isTrue();
                machine.notRecovered(WHY);
                pass(Duration.ofMillis(millis).minusNanos(1));
                assertThat(machine.isRecoveryDue()).as("%d ms", millis).isFalse();
                pass(Duration.ofNanos(1));
            }
            assertThat(machine.isRecoveryDue()).isTrue();
        }

        @Test
        void stillTriesEveryTwoSecondsAfterAWeekend() {
            fail(Meaning.GONE);
            for (int i = 0; i < 100_000; i++) {
                machine.notRecovered(WHY);
                pass(Duration.ofSeconds(2));
                assertThat(machine.isRecoveryDue()).isTrue();
            }
        }

        @Test
        void beginsWithTheShortestPauseAtTheNextOutage() {
            fail(Meaning.GONE);
            for (int i = 0; i < 10; i++) {
                machine.notRecovered(WHY);
            }
            machine.recovered();
            fail(Meaning.SESSION_LOST);
            assertThat(machine.isRecoveryDue()).isTrue();
            machine.notRecovered(WHY);
            pass(Duration.ofMillis(250));
            assertThat(machine.isRecoveryDue()).isTrue();
        }

        @Test
        void thatFailsTakesTheTokenOutOfUse() {
            fail(Meaning.SESSION_LOST);
            machine.notRecovered("no slot has the token");
            assertState(TokenState.DOWN);
            assertThat(machine.snapshot().reason()).isEqualTo("no slot has the token");
        }

        @Test
        void ofATokenThatIsThereAgainIsWaitedFor() {
            fail(Meaning.GONE);
            machine.found();
            assertState(TokenState.RECOVERING);
        }

        @Test
        void findsNothingWhereTheTokenIsInUse() {
            machine.found();
            assertThat(changes).isEmpty();
        }

        @Test
        void beginsAnEpochThatKnowsNoFailureOfTheOneBefore() {
            fail(Meaning.BUSY, 4);
            fail(Meaning.SESSION_LOST);
            machine.recovered();
            assertState(TokenState.READY);
            assertThat(epoch()).isEqualTo(2);

            machine.failed(1, Meaning.GONE, WHY);
            fail(Meaning.BUSY);
            assertState(TokenState.SUSPECT);
        }

        /** What was begun before it fails while the token is let in, and must not stop that. */
        @Test
        void isNotBegunAnewByFailuresThatComeLate() {
            fail(Meaning.SESSION_LOST);
            fail(Meaning.GONE);
            fail(Meaning.BUSY, 5);
            machine.stuck(4, 4);
            assertThat(states()).containsExactly(TokenState.RECOVERING);
        }

        @Test
        void isNoProof() {
            fail(Meaning.SESSION_LOST);
            pass(Duration.ofSeconds(3));
            machine.proved(1);
            assertState(TokenState.RECOVERING);
            assertThat(machine.snapshot().sinceProof()).isEqualTo(Duration.ofSeconds(3));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TokenState.class,
            names = {"AUTH_FAILED", "LOCKED_OUT", "POLICY_FAILED"})
    void whereItWaitsForAnOperatorNothingElseBringsItBack(TokenState waiting) {
        machine.refused(waiting, WHY);
        pass(Duration.ofDays(1));
        assertThat(machine.isRecoveryDue()).isFalse();
        machine.found();
        machine.proved(1);
        fail(Meaning.GONE);
        fail(Meaning.SESSION_LOST);
        fail(Meaning.BUSY, 5);
        machine.stuck(4, 4);
        assertState(waiting);

        machine.retry("the PIN file changed");
        assertState(TokenState.RECOVERING);
        assertThat(machine.isRecoveryDue()).isTrue();
        assertThat(machine.snapshot().reason()).isEqualTo("the PIN file changed");
    }

    @Test
    void anOperatorsRetryChangesNothingWhereTheTokenDoesNotWaitForOne() {
        machine.retry("SIGHUP");
        assertState(TokenState.READY);
        fail(Meaning.BUSY);
        machine.retry("SIGHUP");
        assertState(TokenState.SUSPECT);
        fail(Meaning.GONE);
        machine.notRecovered(WHY);
        machine.retry("SIGHUP");
        assertState(TokenState.DOWN);
        assertThat(machine.isRecoveryDue()).isFalse();
    }

    @Test
    void everyChangeIsToldOnceAndInOrder() {
        fail(Meaning.BUSY, 2);
        fail(Meaning.GONE);
        machine.notRecovered("away");
        machine.found();
        machine.recovered();
        machine.refused(TokenState.POLICY_FAILED, "another key");

        assertThat(changes)
                .containsExactly(
                        new TokenChange(TokenState.READY, TokenState.SUSPECT, 1, WHY),
                        new TokenChange(TokenState.SUSPECT, TokenState.DOWN, 1, WHY),
                        new TokenChange(TokenState.DOWN, TokenState.RECOVERING, 1, "the token is there again"),
                        new TokenChange(TokenState.RECOVERING, TokenState.READY, 2, "let in anew"),
                        new TokenChange(TokenState.READY, TokenState.POLICY_FAILED, 2, "another key"));
    }

    @Test
    void aSnapshotTellsHowLongItHasBeenSo() {
        pass(Duration.ofSeconds(5));
        machine.proved(1);
        pass(Duration.ofSeconds(2));
        fail(Meaning.BUSY);
        pass(Duration.ofSeconds(1));
        assertThat(machine.snapshot())
                .isEqualTo(new TokenStateMachine.Snapshot(
                        TokenState.SUSPECT, 1, WHY, Duration.ofSeconds(1), Duration.ofSeconds(3)));
    }

    @Nested
    class Decision {
        @Test
        void isThereAtOnceUnlessTheTokenRecovers() throws InterruptedException {
            assertThat(machine.awaitDecision(System.nanoTime())).isEqualTo(TokenState.READY);
            fail(Meaning.GONE);
            assertThat(machine.awaitDecision(
                            System.nanoTime() + Duration.ofHours(1).toNanos()))
                    .isEqualTo(TokenState.DOWN);
        }

        @Test
        void isWaitedForWhileTheTokenRecovers() {
            fail(Meaning.SESSION_LOST);
            CompletableFuture<TokenState> decision = WaitingThread.start(this::await);
            machine.recovered();
            assertThat(decision.join()).isEqualTo(TokenState.READY);
        }

        private TokenState await() {
            try {
                return machine.awaitDecision(
                        System.nanoTime() + Duration.ofHours(1).toNanos());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void isGivenUpAtTheDeadline() throws InterruptedException {
            fail(Meaning.SESSION_LOST);
            assertThat(machine.awaitDecision(
                            System.nanoTime() + Duration.ofMillis(5).toNanos()))
                    .isEqualTo(TokenState.RECOVERING);
        }
    }
}
