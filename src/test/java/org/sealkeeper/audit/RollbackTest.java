package org.sealkeeper.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.store.SqliteStore;
import org.sealkeeper.testing.TestLog;

/** A store that is older than what the token remembers is found out, whatever was done to it. */
class RollbackTest {
    @TempDir
    Path folder;

    private TestLog appliance;
    private Path backup;

    @BeforeEach
    void backUpAndGoOn() throws IOException {
        appliance = TestLog.in(folder);
        backup = folder.resolve("backup.db");
        use(log -> append(log, 20));
        Files.copy(appliance.file(), backup);
        use(log -> append(log, 30));
    }

    @AfterEach
    void close() {
        appliance.close();
    }

    @Test
    void theNewestStoreIsTaken() {
        use(log -> assertThat(log.whyClosed()).isEmpty());
    }

    @Test
    void aRestoredBackupIsNotSignedForButCanBeRead() throws IOException {
        restore();
        use(log -> {
            assertThat(log.whyClosed())
                    .hasValueSatisfying(fault -> assertThat(fault)
                            .hasMessageContaining("the token remembers 32 leaves, the store has")
                            .hasMessageContaining("sealkeeper audit accept-rollback"));
            assertThatThrownBy(() -> append(log, 31)).hasCauseInstanceOf(LogRolledBack.class);
            assertThat(log.published().orElseThrow().proof(3)).isPresent();
        });
    }

    @Test
    void aRestoredBackupThatGrewPastItsOldSizeIsFoundToo() throws IOException {
        restore();
        try (SqliteStore store = appliance.openStore()) {
            for (int number = 1_000; number < 1_050; number++) {
                var leaf = TestLog.leaf(number);
                done(store.write(rows -> new Leaves(rows).append(leaf)));
            }
        }
        use(log -> assertThat(log.whyClosed())
                .hasValueSatisfying(fault -> assertThat(fault).hasMessageContaining("leaves are not those")));
    }

    @Test
    void aNewEmptyStoreIsFoundOutByTheTokensMemory() throws IOException {
        // With the keys, which would be missed otherwise before the log is looked at.
        Files.copy(backup, appliance.file(), StandardCopyOption.REPLACE_EXISTING);
        try (SqliteStore store = appliance.openStore()) {
            done(store.write(rows -> {
                rows.update("DROP TRIGGER audit_leaf_is_never_deleted");
                rows.update("DELETE FROM audit_log");
                rows.update("DELETE FROM audit_tile");
                return rows.update("DELETE FROM audit_leaf");
            }));
        }
        use(log -> assertThat(log.whyClosed())
                .hasValueSatisfying(fault ->
                        assertThat(fault).hasMessageContaining("the token remembers 32 leaves, the store has 0")));
    }

    @Test
    void aTokenThatForgotIsNotBelieved() {
        appliance.hsm().replaceData("sealkeeper-audit-checkpoint", new byte[] {1});
        use(log -> assertThat(log.whyClosed())
                .hasValueSatisfying(fault -> assertThat(fault)
                        .hasMessageContaining("the token no longer has the checkpoint that was written to it")));
    }

    @Test
    void aCheckpointInTheTokenThatNoAuditKeySignedIsNotBelieved() {
        String forged = """
                lab-a.example/test
                1
                47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

                \u2014 lab-a.example/test yMovZgAAAAAAAAAA
                """;
        appliance.hsm().replaceData("sealkeeper-audit-checkpoint", forged.getBytes(StandardCharsets.UTF_8));
        use(log -> assertThat(log.whyClosed())
                .hasValueSatisfying(
                        fault -> assertThat(fault).hasMessageContaining("is not signed by an audit key in the store")));
    }

    @Test
    void leavesThatVanishWhileTheApplianceRunsEndItsSigning() throws InterruptedException {
        try (SqliteStore store = appliance.openStore()) {
            AuditLog log = appliance.open(store);
            done(store.write(rows -> {
                rows.update("DROP TRIGGER audit_leaf_is_never_deleted");
                return rows.update("DELETE FROM audit_leaf WHERE idx > 10");
            }));
            long deadline = System.nanoTime() + 60_000_000_000L;
            while (log.whyClosed().isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertThat(log.whyClosed()).isPresent();
            assertThatThrownBy(() -> append(log, 99)).isInstanceOf(CompletionException.class);
            log.close();
        }
    }

    private interface Use {
        void with(AuditLog log);
    }

    private void use(Use use) {
        try (SqliteStore store = appliance.openStore();
                AuditLog log = appliance.open(store)) {
            use.with(log);
        }
    }

    private void restore() throws IOException {
        Files.copy(backup, appliance.file(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Appends until the log has so many leaves of this test, beside the two that tell of the keys. */
    private static void append(AuditLog log, int upTo) {
        long index = -1;
        while (index < upTo + 1) {
            index = done(log.append(TestLog.leaf((int) index + 2)));
        }
        done(log.covering(index));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
