package org.sealkeeper.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.OwnRecord;
import org.sealkeeper.hsm.TokenRecord;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.rollback.MemoryRecord.State;
import org.sealkeeper.testing.SoftHsmToken;

/** Records in a real token: which appliance holds the lease, and what a crash at any point leaves. */
class TokenMemoryTest {
    private static final Random RANDOM = new Random();
    private static final Duration LEASE = Duration.ofMillis(600);

    @TempDir
    Path folder;

    private Hsm hsm;
    private TokenMemory memory;

    @BeforeEach
    void open() {
        hsm = SoftHsmToken.in(folder).open();
        memory = new TokenMemory(hsm, System::nanoTime);
    }

    @AfterEach
    void close() {
        hsm.close();
    }

    @Test
    void anEmptyTokenIsFreeAndRemembersNothing() {
        assertThatCode(() -> memory.awaitFree("here")).doesNotThrowAnyException();
        assertThat(memory.recall().remembered()).isEmpty();
    }

    @Test
    void ofThoseThatTakeTheLeaseAtTheSameMomentAtMostOneGetsIt() throws Exception {
        int rivals = 3;
        Recall seen = memory.recall();
        var start = new CyclicBarrier(rivals);
        List<Future<TokenMemory.Taken>> attempts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(rivals)) {
            for (int rival = 0; rival < rivals; rival++) {
                long seed = rival;
                attempts.add(threads.submit(() -> {
                    start.await();
                    return take(seen, 0, seed);
                }));
            }
        }
        int alone = 0;
        for (Future<TokenMemory.Taken> attempt : attempts) {
            try {
                alone += attempt.get().own().isAlone() ? 1 : 0;
            } catch (ExecutionException refused) {
                // The token fails where a rival destroys a record between its search and its reading.
                assertThat(refused.getCause()).isInstanceOfAny(TokenInUse.class, HsmFault.class);
            }
        }
        assertThat(alone).isLessThanOrEqualTo(1);
    }

    @Test
    void aLeaseThatAnotherTookSinceIsNotTaken() {
        Recall seen = memory.recall();
        take(seen, 1);
        assertThatThrownBy(() -> take(seen, 2)).isInstanceOf(TokenInUse.class);
        assertThat(memory.recall().remembered()).contains(remembered(1));
    }

    @Test
    void whatACrashedStartLeftDelaysNoStartAndIsRecalledUntilTheLeaseIsTaken() {
        MemoryRecord holder = take(memory.recall(), 1).record();
        var crashed = new MemoryRecord(
                "crashed",
                "store",
                "here",
                holder.sequence(),
                LEASE,
                State.HELD,
                List.of(),
                Optional.empty(),
                remembered(3));
        hsm.records().create(crashed.owner(), MemoryText.of(crashed));

        Recall seen = memory.awaitFree("here");
        assertThat(seen.remembered()).containsExactlyInAnyOrder(remembered(1), remembered(3));
        take(seen, 3);
        assertThat(memory.recall().remembered()).containsExactly(remembered(3));
    }

    @Test
    void everyHolderIsWaitedForNotOnlyTheNewest() {
        MemoryRecord old = take(memory.recall(), 1).record();
        var newer = new MemoryRecord(
                "newer",
                "store",
                "here",
                old.sequence() + 9,
                LEASE,
                State.RELEASED,
                List.of(),
                Optional.empty(),
                remembered(3));
        hsm.records().create(newer.owner(), MemoryText.of(newer));
        assertThat(memory.recall().longestLease("elsewhere")).contains(LEASE);
    }

    @Test
    void aHolderThatWritesIsNeverTakenForDead() throws Exception {
        TokenMemory.Taken holder = take(memory.recall(), 1);
        Thread writing = Thread.ofPlatform().start(() -> {
            MemoryRecord record = holder.record();
            while (!Thread.currentThread().isInterrupted()) {
                record = write(holder.own(), record.next(remembered(1), State.HELD, Optional.empty()));
            }
        });
        try {
            assertThatThrownBy(() -> memory.awaitFree("elsewhere")).isInstanceOf(TokenInUse.class);
        } finally {
            writing.interrupt();
            writing.join();
        }
    }

    /** A start that gives up leaves its record where these do not cover what it saw: see OwnRecord.withdraw. */
    @Test
    void recordsCoverWhatWasSeenWhereNoneOfItIsForgotten() {
        take(memory.recall(), 3);
        Recall seen = memory.recall();
        assertThat(recallOf(1).covers(seen)).isFalse();
        assertThat(recallOf(3).covers(seen)).isTrue();
        assertThat(recallOf(4).covers(seen)).isTrue();
        assertThat(new Recall(List.of(), Optional.empty()).covers(seen)).isFalse();
    }

    private static Recall recallOf(long size) {
        var record = new MemoryRecord(
                "another", "store", "here", 9, LEASE, State.HELD, List.of(), Optional.empty(), remembered(size));
        return new Recall(List.of(new TokenRecord("another", MemoryText.of(record))), Optional.empty());
    }

    /** A write at any moment of the taking over: it is seen, or it is not relied on. */
    @Test
    void takingTheKeysRevokesThePermitOfTheOneBefore() {
        for (int round = 0; round < 40; round++) {
            TokenMemory.Taken holder = take(memory.recall(), 1);
            write(holder.own(), holder.record());
            Recall seen = memory.recall();
            long pause = round * 500_000L;
            CompletableFuture<Boolean> late = CompletableFuture.supplyAsync(() -> {
                        LockSupport.parkNanos(pause);
                        return holder.own()
                                .write(MemoryText.of(holder.record().next(remembered(2), State.HELD, Optional.empty())))
                                .toCompletableFuture()
                                .join();
                    })
                    .exceptionally(failed -> false);
            boolean isTaken = isTaken(seen);
            assertThat(isTaken && late.join()).as("round %s", round).isFalse();
        }
    }

    private boolean isTaken(Recall seen) {
        try {
            take(seen, 1);
            return true;
        } catch (TokenInUse refused) {
            return false;
        }
    }

    @Test
    void aHolderThatIsSilentForItsLeaseOrGaveItUpOrWasHereIsWaitedForNoMore() {
        TokenMemory.Taken holder = take(memory.recall(), 1);
        long before = System.nanoTime();
        memory.awaitFree("here"); // the process that held it from here is gone: this process has the store's lock
        memory.awaitFree("elsewhere");
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(LEASE.toNanos());

        write(holder.own(), holder.record().next(remembered(1), State.RELEASED, Optional.empty()));
        memory.awaitFree("elsewhere");
    }

    @Test
    void aWriteThatIsInterruptedLeavesWhatWasRememberedBefore() {
        TokenMemory.Taken holder = take(memory.recall(), 1);
        MemoryRecord second = write(holder.own(), holder.record().next(remembered(2), State.HELD, Optional.empty()));
        String third = MemoryText.of(second.next(remembered(3), State.HELD, Optional.empty()));
        for (int length : new int[] {0, 1, third.length() / 2, third.length() - 1}) {
            write(holder.own(), third.substring(0, length));
            assertThat(memory.recall().remembered()).as("%s characters", length).contains(remembered(2));
            write(holder.own(), MemoryText.of(second)); // the other of the two objects
            assertThat(memory.recall().remembered()).contains(remembered(2));
        }
        write(holder.own(), third);
        assertThat(memory.recall().remembered()).contains(remembered(3));
    }

    private TokenMemory.Taken take(Recall seen, long size) {
        return take(seen, size, RANDOM.nextLong());
    }

    private TokenMemory.Taken take(Recall seen, long size, long owner) {
        long next = seen.newest().map(MemoryRecord::sequence).orElse(0L) + 1;
        return memory.take(
                seen,
                new MemoryRecord(
                        "%032x".formatted(owner),
                        "store",
                        "here",
                        next,
                        LEASE,
                        State.HELD,
                        List.of(),
                        Optional.empty(),
                        remembered(size)));
    }

    private static MemoryRecord write(OwnRecord own, MemoryRecord record) {
        write(own, MemoryText.of(record));
        return record;
    }

    private static void write(OwnRecord own, String text) {
        assertThat(own.write(text).toCompletableFuture().join()).isTrue();
    }

    private static Remembered remembered(long size) {
        return new Remembered(
                new Checkpoint(new Origin("lab-a.example/test"), size, TreeHash.EMPTY_ROOT), new TreeMap<>());
    }
}
