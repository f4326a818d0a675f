package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sealkeeper.testing.WaitingThread;

/** Requests are named by their key, in letters, and a number. */
@Timeout(30)
class RequestQueueTest {
    private static final int PLACES = 8;
    private static final int SESSIONS = 4;
    private static final Duration LONG = Duration.ofHours(1);
    private static final String NONE = "none";

    private final RequestQueue queue = new RequestQueue(PLACES, SESSIONS);
    private final Map<String, SessionRequest<String>> requests = new ConcurrentHashMap<>();

    private boolean isTaken(String name, Duration timeout) {
        String key = name.replaceAll("[0-9]", "");
        return queue.offer(
                requests.computeIfAbsent(name, _ -> new SessionRequest<>(key, true, session -> name, timeout)));
    }

    private void offer(String... names) {
        for (String name : names) {
            assertThat(isTaken(name, LONG)).as("%s has a place", name).isTrue();
        }
    }

    private String nameOf(@Nullable SessionRequest<?> request) {
        return requests.entrySet().stream()
                .filter(entry -> entry.getValue() == request)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(NONE);
    }

    private String poll(Duration patience) {
        try {
            return nameOf(queue.poll(patience.toMillis()));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Those that may run now, in order. */
    private List<String> pollAll() {
        List<String> polled = new ArrayList<>();
        for (String next = poll(Duration.ZERO); !next.equals(NONE); next = poll(Duration.ZERO)) {
            polled.add(next);
        }
        return polled;
    }

    private void end(String name) {
        queue.done(requests.get(name));
    }

    private CompletableFuture<String> pollInBackground() {
        return WaitingThread.start(() -> poll(LONG));
    }

    @Test
    void keysAreServedInTurnAndEachInOrder() {
        offer("a1", "a2", "b1", "b2");
        assertThat(pollAll()).containsExactly("a1", "b1", "a2", "b2");
    }

    @Test
    void oneKeyRunsOnAtMostHalfOfTheSessions() {
        offer("a1", "a2", "a3", "a4");
        assertThat(pollAll()).containsExactly("a1", "a2");
        offer("b1");
        assertThat(pollAll()).containsExactly("b1");
    }

    @Test
    void theOnlySessionIsForEveryKey() throws InterruptedException {
        var single = new RequestQueue(PLACES, 1);
        assertThat(single.offer(new SessionRequest<>("a", true, session -> "", LONG)))
                .isTrue();
        assertThat(single.poll(0) == null).isFalse();
    }

    @Test
    void theEndOfARequestLetsTheNextOfItsKeyRun() {
        offer("a1", "a2", "a3", "a4");
        assertThat(pollAll()).containsExactly("a1", "a2");
        end("a2");
        assertThat(pollAll()).containsExactly("a3");
        end("a1");
        assertThat(pollAll()).containsExactly("a4");
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void twoThatEndAtOnceLetTwoRun() {
        offer("a1", "a2", "a3", "a4");
        pollAll().forEach(this::end);
        assertThat(pollAll()).containsExactly("a3", "a4");
    }

    @Test
    void aRequestThatComesWhileItsKeyHasItsShareRunsLater() {
        offer("a1", "a2");
        assertThat(pollAll()).hasSize(2);
        offer("a3");
        assertThat(pollAll()).isEmpty();
        end("a1");
        assertThat(pollAll()).containsExactly("a3");
    }

    @Test
    void oneKeyHasAtMostHalfOfThePlaces() {
        offer("a1", "a2", "a3", "a4");
        assertThat(isTaken("a5", LONG)).isFalse();
        offer("b1", "b2", "b3", "b4");
        assertThat(queue.waiting()).isEqualTo(PLACES);
    }

    @Test
    void aKeyThatFoundNoPlaceIsServedOnceThereIsOne() {
        offer("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4");
        assertThat(isTaken("c1", LONG)).isFalse();
        assertThat(pollAll()).containsExactly("a1", "b1", "a2", "b2");
        offer("c1");
        assertThat(pollAll()).containsExactly("c1");
    }

    @Test
    void whatUsesNoKeyMayHaveAllPlacesAndAllSessions() {
        offer("1", "2", "3", "4", "5", "6", "7", "8");
        assertThat(isTaken("9", LONG)).isFalse();
        assertThat(pollAll()).hasSize(PLACES);
    }

    @Test
    void theOverdueAreTakenOutAndTheOthersStay() {
        assertThat(isTaken("a1", Duration.ZERO)).isTrue();
        offer("a2");
        assertThat(isTaken("b1", Duration.ZERO)).isTrue();

        long now = System.nanoTime() + 1;
        assertThat(queue.removeOverdue(now)).extracting(this::nameOf).containsExactlyInAnyOrder("a1", "b1");

        assertThat(queue.waiting()).isEqualTo(1);
        assertThat(pollAll()).containsExactly("a2");
    }

    /** A key whose requests ended while they waited must be served as any other when it comes again. */
    @Test
    void aKeyOfWhichAllWereOverdueIsServedAgain() {
        assertThat(isTaken("a1", Duration.ZERO)).isTrue();
        assertThat(queue.removeOverdue(System.nanoTime() + 1)).hasSize(1);
        assertThat(pollAll()).isEmpty();
        offer("a2");
        assertThat(pollAll()).containsExactly("a2");
    }

    /** What waits while its key has its share may end there; that must not cost the key its turn. */
    @Test
    void aKeyWhoseWaitingRequestsWereOverdueHasItsTurnWhenOthersEnd() {
        offer("a1", "a2");
        assertThat(pollAll()).hasSize(2);
        assertThat(isTaken("a3", Duration.ZERO)).isTrue();
        assertThat(queue.removeOverdue(System.nanoTime() + 1)).hasSize(1);
        end("a1");
        assertThat(pollAll()).isEmpty();
        offer("a4", "a5");
        assertThat(pollAll()).containsExactly("a4");
    }

    @Test
    void aThreadThatWaitsIsWokenByARequest() {
        CompletableFuture<String> polled = pollInBackground();
        offer("a1");
        assertThat(polled.join()).isEqualTo("a1");
    }

    @Test
    void aThreadThatWaitsIsWokenByTheEndOfAnother() {
        offer("a1", "a2", "a3");
        assertThat(pollAll()).hasSize(2);
        CompletableFuture<String> polled = pollInBackground();
        end("a1");
        assertThat(polled.join()).isEqualTo("a3");
    }

    @Test
    void theEndWakesAllThatWait() {
        CompletableFuture<String> first = pollInBackground();
        CompletableFuture<String> second = pollInBackground();
        assertThat(queue.close()).isEmpty();
        assertThat(first.join()).isEqualTo(NONE);
        assertThat(second.join()).isEqualTo(NONE);
    }

    @Test
    void theEndTakesOutWhatWaits() {
        offer("a1", "1");
        assertThat(queue.close()).extracting(this::nameOf).containsExactlyInAnyOrder("a1", "1");
        assertThat(queue.waiting()).isZero();
        assertThat(poll(LONG)).isEqualTo(NONE);
    }
}
