package org.sealkeeper.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sealkeeper.audit.RollbackProtection;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.rollback.MemoryRecord.State;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.WritingStopped;

/** What becomes of the callers that wait when the token remembers, cannot, or belongs to another appliance by now. */
class MemoryWriterTest {
    private static final Duration LEASE = Duration.ofSeconds(60);

    private volatile CompletionStage<Boolean> answer = CompletableFuture.completedStage(true);
    private final List<MemoryRecord> written = new CopyOnWriteArrayList<>();
    private final List<StopReason> stops = new CopyOnWriteArrayList<>();
    private MemoryWriter writer;

    @BeforeEach
    void start() {
        var first = new MemoryRecord(
                "owner", "store", "place", 1, LEASE, State.HELD, List.of(), Optional.empty(), remembered(0));
        writer = new MemoryWriter(
                this::write,
                first,
                RollbackProtection.EVERY_GROUP,
                new Lease(LEASE, System::nanoTime),
                System::nanoTime,
                System.nanoTime(),
                this::stop);
    }

    private void stop(WritingStopped why) {
        stops.add(why.reason());
        writer.stop(why.reason());
    }

    private CompletionStage<WriteAnswer> write(MemoryRecord record) {
        written.add(record);
        return answer.thenApply(isOurs -> isOurs ? WriteAnswer.REMEMBERED : WriteAnswer.TAKEN);
    }

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void aCallerIsAnsweredWhenTheTokenRemembers() {
        writer.start();
        done(writer.remember(remembered(1)));
        assertThat(written).last().extracting(MemoryRecord::remembered).isEqualTo(remembered(1));
    }

    /** An attempt that fails may be in the token all the same: no other record may have its number. */
    @Test
    void noTwoAttemptsHaveOneSequenceNumber() {
        answer = CompletableFuture.failedStage(new IllegalStateException("CKR_DEVICE_MEMORY"));
        writer.start();
        assertThatThrownBy(() -> done(writer.remember(remembered(1)))).hasCauseInstanceOf(TokenForgetful.class);
        assertThat(writer.failure()).isPresent();

        answer = CompletableFuture.completedStage(true);
        done(writer.remember(remembered(2)));
        assertThat(writer.failure()).isEmpty();
        assertThat(written).extracting(MemoryRecord::sequence).doesNotHaveDuplicates();
    }

    @Test
    void whereAnotherApplianceTookTheKeysNoCallerIsAnsweredAndTheyAreNotGivenUp() {
        answer = CompletableFuture.completedStage(false);
        writer.start();
        assertThatThrownBy(() -> done(writer.remember(remembered(1)))).isInstanceOf(CompletionException.class);
        writer.close();
        assertThat(stops).containsOnly(StopReason.ANOTHER_APPLIANCE);
        assertThat(written).extracting(MemoryRecord::state).containsOnly(State.HELD);
    }

    @Test
    void theLastRecordGivesUpTheKeys() {
        writer.start();
        done(writer.remember(remembered(1)));
        writer.close();
        assertThat(written).last().extracting(MemoryRecord::state).isEqualTo(State.RELEASED);
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Remembered remembered(long size) {
        return new Remembered(
                new Checkpoint(new Origin("lab-a.example/test"), size, TreeHash.EMPTY_ROOT), new TreeMap<>());
    }
}
