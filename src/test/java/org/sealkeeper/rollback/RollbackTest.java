package org.sealkeeper.rollback;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.hsm.TokenRecord;
import org.sealkeeper.hsm.TokenRecords;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.rollback.MemoryRecord.State;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.WritingStopped;
import org.sealkeeper.testing.TestLog;

/** A store that is older than what the token remembers is found out at the start, whatever was done to it. */
class RollbackTest {
    @TempDir
    Path folder;

    private TestLog appliance;
    private Path backup;
    private int leaves;

    @BeforeEach
    void backUpAndGoOn() throws IOException {
        appliance = TestLog.in(folder);
        backup = folder.resolve("backup.db");
        use(log -> append(log, 10));
        Files.copy(appliance.file(), backup);
        use(log -> append(log, 5));
        try (Store store = appliance.openStore()) {
            leaves = store.read(rows -> rows.first("SELECT count(*) FROM audit_leaf", row -> row.getInt(1)))
                    .orElseThrow();
        }
    }

    @AfterEach
    void close() {
        appliance.close();
    }

    @Test
    void aTokenThatIsTooSlowOnceIsTakenAtTheNextAttempt() {
        try (Store store = appliance.openStore()) {
            appliance.own(store, slowFor(4)).close();
            assertThat(store.whyStopped()).isEmpty();
        }
    }

    @Test
    void aTokenThatIsAlwaysTooSlowIsNotTaken() {
        try (Store store = appliance.openStore()) {
            assertThatThrownBy(() -> appliance.own(store, slowFor(Integer.MAX_VALUE)))
                    .isInstanceOf(TokenInUse.class)
                    .hasMessageContaining("took too long to be sure");
        }
        use(log -> assertThat(log.whyClosed()).isEmpty());
    }

    /** A clock on which so many attempts take longer than they may. */
    private static LongSupplier slowFor(int attempts) {
        var looks = new AtomicInteger();
        return () -> {
            int look = looks.getAndIncrement();
            long shift =
                    look % 2 == 1 && look / 2 < attempts ? Duration.ofSeconds(1).toNanos() : 0;
            return System.nanoTime() + shift;
        };
    }

    @Test
    void theNewestStoreIsTaken() {
        use(log -> assertThat(log.whyClosed()).isEmpty());
    }

    @Test
    void aRestoredBackupIsNotWrittenToButCanBeRead() throws IOException {
        restore();
        use(log -> {
            assertThat(log.whyClosed())
                    .hasValueSatisfying(stopped -> assertThat(stopped)
                            .hasMessageContaining("the token remembers " + leaves + " leaves, the store has")
                            .hasMessageContaining("sealkeeper audit accept-rollback"));
            assertThatThrownBy(() -> append(log, 1)).hasCauseInstanceOf(WritingStopped.class);
            assertThat(log.published().orElseThrow().proof(3)).isPresent();
        });
    }

    @Test
    void aRestoredBackupThatGrewPastItsOldSizeIsFoundToo() throws IOException {
        restore();
        try (Store store = appliance.openStore()) {
            for (int number = 1_000; number < 1_050; number++) {
                var leaf = TestLog.leaf(number);
                done(store.write(rows -> new Leaves(rows).append(leaf)));
            }
        }
        assertThatItIsStopped(StopReason.STORE_REPLACED, "leaves are not those the token remembers");
    }

    @Test
    void aNewEmptyStoreIsFoundOutByTheTokensMemory() throws IOException {
        restore(); // With the keys, which would be missed otherwise before the log is looked at.
        change(
                "DROP TRIGGER audit_leaf_is_never_deleted",
                "DELETE FROM audit_log",
                "DELETE FROM audit_tile",
                "DELETE FROM audit_leaf");
        assertThatItIsStopped(StopReason.STORE_BEHIND, "the token remembers " + leaves + " leaves, the store has 0");
    }

    @Test
    void aStoreOfAnotherIdentityIsFoundOut() {
        change("UPDATE store_identity SET identity = 'another'");
        assertThatItIsStopped(StopReason.ANOTHER_STORE, "this is another");
    }

    @Test
    void aHeadThatIsLowerThanTheTokenRemembersIsFoundOut() {
        change("INSERT INTO chain_head (chain, height, block_hash) VALUES ('lab-a', 7, '" + "ab".repeat(32) + "')");
        use(log -> append(log, 1));
        change("UPDATE chain_head SET height = 6");
        assertThatItIsStopped(
                StopReason.STORE_BEHIND, "the token remembers chain lab-a at height 7, the store has it at 6");
    }

    @Test
    void aTokenThatForgotIsNotBelieved() {
        TokenRecords records = appliance.hsm().records();
        records.remove(records.read().stream().map(TokenRecord::owner).collect(toSet()));
        assertThatItIsStopped(StopReason.TOKEN_FORGOT, "the token no longer has what was written to it");
    }

    /** Such as a start leaves that crashed before it removed it, or a token that brought back what was destroyed. */
    @Test
    void aRecordThatIsNotTheNewestIsBelievedAsWell() {
        TokenRecords records = appliance.hsm().records();
        MemoryRecord newest = records.read().stream()
                .flatMap(record -> MemoryText.parse(record.owner(), record.text()).stream())
                .findFirst()
                .orElseThrow();
        var more = new Checkpoint(TestLog.ORIGIN, leaves + 1, TreeHash.EMPTY_ROOT);
        var old = new MemoryRecord(
                "old",
                newest.store(),
                newest.place(),
                1,
                newest.lease(),
                State.RELEASED,
                List.of(),
                Optional.empty(),
                new Remembered(more, new TreeMap<>()));
        records.create(old.owner(), MemoryText.of(old));
        assertThatItIsStopped(
                StopReason.STORE_BEHIND, "the token remembers " + (leaves + 1) + " leaves, the store has " + leaves);
    }

    private void assertThatItIsStopped(StopReason reason, String what) {
        use(log -> assertThat(log.whyClosed()).hasValueSatisfying(stopped -> {
            assertThat(stopped.reason()).isEqualTo(reason);
            assertThat(stopped).hasMessageContaining(what);
        }));
    }

    private interface Use {
        void with(AuditLog log);
    }

    private void use(Use use) {
        try (Store store = appliance.openStore();
                Ownership _ = appliance.own(store);
                AuditLog log = appliance.open(store)) {
            use.with(log);
        }
    }

    private void restore() throws IOException {
        Files.copy(backup, appliance.file(), StandardCopyOption.REPLACE_EXISTING);
    }

    private void change(String... statements) {
        try (Store store = appliance.openStore()) {
            int _ = done(store.write(rows -> {
                int changed = 0;
                for (String statement : statements) {
                    changed += rows.update(statement);
                }
                return changed;
            }));
        }
    }

    private static void append(AuditLog log, int count) {
        for (int number = 0; number < count; number++) {
            done(log.append(TestLog.leaf(number)));
        }
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
