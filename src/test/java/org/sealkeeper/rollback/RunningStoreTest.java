package org.sealkeeper.rollback;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.hsm.TokenRecord;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.Work;
import org.sealkeeper.store.WritingStopped;
import org.sealkeeper.testing.TestLog;

/** What is done to a store while an appliance has it open ends all writing at the very next request. */
class RunningStoreTest {
    @TempDir
    Path folder;

    private TestLog appliance;
    private Store store;
    private Ownership ownership;
    private AuditLog log;

    @BeforeEach
    void start() {
        appliance = TestLog.in(folder);
        store = appliance.openStore();
        ownership = appliance.own(store);
        log = appliance.open(store);
        append();
    }

    @AfterEach
    void stop() {
        log.close();
        ownership.close();
        store.close();
        appliance.close();
    }

    @Test
    void leavesThatVanish() {
        beside(rows -> {
            rows.update("DROP TRIGGER audit_leaf_is_never_deleted");
            return rows.update("DELETE FROM audit_leaf WHERE idx > 1");
        });
        assertThatNothingIsWrittenFor(StopReason.STORE_BEHIND);
    }

    @Test
    void aLastLeafThatIsAnother() {
        beside(rows -> {
            rows.update("DROP TRIGGER audit_leaf_is_never_changed");
            return rows.update("UPDATE audit_leaf SET entry = (SELECT entry FROM audit_leaf WHERE idx = 0)"
                    + " WHERE idx = (SELECT max(idx) FROM audit_leaf)");
        });
        assertThatNothingIsWrittenFor(StopReason.STORE_REPLACED);
    }

    @Test
    void aLeafOfAnotherAppliance() {
        beside(rows -> new Leaves(rows).append(TestLog.leaf(99)));
        assertThatNothingIsWrittenFor(StopReason.STORE_AHEAD);
    }

    @Test
    void aHeadThatWasMoved() {
        beside(rows -> rows.update(
                "INSERT INTO chain_head (chain, height, block_hash) VALUES ('lab-a', 7, '" + "ab".repeat(32) + "')"));
        assertThatNothingIsWrittenFor(StopReason.STORE_AHEAD);
    }

    @Test
    void anotherIdentity() {
        beside(rows -> rows.update("UPDATE store_identity SET identity = 'another'"));
        assertThatNothingIsWrittenFor(StopReason.ANOTHER_STORE);
    }

    @Test
    void aFileThatIsGone() throws IOException {
        Files.delete(appliance.file());
        assertThatNothingIsWrittenFor(StopReason.STORE_GONE);
    }

    @Test
    void aWriteAheadLogThatIsGone() throws IOException {
        Files.delete(appliance.file().resolveSibling("store.db-wal"));
        assertThatNothingIsWrittenFor(StopReason.STORE_GONE);
    }

    @Test
    void anotherFileInItsPlace() throws IOException {
        Path copy = folder.resolve("copy.db");
        Files.copy(appliance.file(), copy);
        Files.move(copy, appliance.file(), StandardCopyOption.REPLACE_EXISTING);
        assertThatNothingIsWrittenFor(StopReason.STORE_REPLACED);
    }

    @Test
    void aFileThatIsCutShort() throws IOException {
        try (var file = Files.newByteChannel(appliance.file(), StandardOpenOption.WRITE)) {
            file.truncate(0);
        }
        assertThatNothingIsWrittenFor(StopReason.STORE_REPLACED);
    }

    @Test
    void aCommandThatWritesBesideTheApplianceIsNoHarm() {
        Leaf leaf = Leaf.done(
                TestLog.leaf(1).time(),
                Operation.CREATE_KEY,
                new Actor.Operator(),
                new Subject.Whole(),
                "local-command");
        beside(rows -> new Leaves(rows).append(leaf));
        append();
        assertThat(store.whyStopped()).isEmpty();
    }

    @Test
    void theTokensKeysTakenByAnother() {
        try (var other = appliance.token().open()) {
            Set<String> owners =
                    other.records().read().stream().map(TokenRecord::owner).collect(toSet());
            other.records().create("another", "whatever it says");
            other.records().revoke(owners);
            assertThatNothingIsWrittenFor(StopReason.ANOTHER_APPLIANCE);
        }
    }

    /** Each is durable before this returns; what the log does by itself meanwhile may be the first to notice. */
    private void beside(Work<?> work) {
        try (Store other = appliance.openStore()) {
            Object _ = done(other.write(work));
        }
    }

    private void assertThatNothingIsWrittenFor(StopReason reason) {
        assertThatThrownBy(this::append).hasCauseInstanceOf(WritingStopped.class);
        assertThat(store.whyStopped())
                .hasValueSatisfying(stopped -> assertThat(stopped.reason()).isEqualTo(reason));
        assertThat(ownership.failure()).isPresent();
        assertThatThrownBy(ownership::requireMaySign).isInstanceOf(WritingStopped.class);
    }

    private void append() {
        done(log.append(TestLog.leaf(1)));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
