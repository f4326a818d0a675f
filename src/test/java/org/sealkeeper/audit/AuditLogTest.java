package org.sealkeeper.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.GrowingTiles;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TileId;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.store.StopReason;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.WritingStopped;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.FaultyStore;
import org.sealkeeper.testing.TestLog;

/** The log over a real store and a real token: what is appended stays, in one history, through every end. */
class AuditLogTest {
    @TempDir
    Path folder;

    private TestLog appliance;
    private Store store;
    private int created;

    @BeforeEach
    void provision() {
        appliance = TestLog.in(folder);
        store = appliance.openStore();
        created = store.read(rows -> new AuditTable(rows).size()).intValue();
    }

    @AfterEach
    void close() {
        store.close();
        appliance.close();
    }

    @Test
    void aLeafIsCoveredByACheckpointThatEveryAuditKeySigned() {
        try (AuditLog log = appliance.open(store)) {
            long index = done(log.append(TestLog.leaf(1)));
            PublishedLog published = done(log.covering(index));

            assertThat(index).isEqualTo(created);
            assertThat(published.checkpoint().origin()).isEqualTo(TestLog.ORIGIN);
            assertThat(published
                            .proof(index)
                            .orElseThrow()
                            .proves(TestLog.leaf(1).canonicalJson()))
                    .isTrue();
            assertThat(log.verifierKeys())
                    .hasSize(2)
                    .allMatch(key -> published.note().isSignedBy(key));
        }
    }

    /** Around the widths at which tiles become full, so that each kind of right edge is taken up again. */
    @Test
    void aLogThatIsReopenedGoesOnAsIfItHadNeverBeenClosed() {
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (int size : new int[] {1, 254, 255, 256, 257, 511, 512, 600}) {
            try (AuditLog log = appliance.open(store)) {
                appendUpTo(size);
                checkpoints.add(done(log.covering(size - 1)).checkpoint());
            }
        }
        try (AuditLog log = appliance.open(store)) {
            PublishedLog published = log.published().orElseThrow();
            assertThat(published.checkpoint()).isEqualTo(checkpoints.getLast());
            for (Checkpoint earlier : checkpoints) {
                assertThat(published.rootAt(earlier.size())).isEqualTo(earlier.root());
                assertThat(published
                                .consistency(earlier.size())
                                .proves(earlier.root(), published.checkpoint().root()))
                        .isTrue();
            }
            assertThatTilesAreThoseOfTheLeaves(published);
        }
    }

    private void assertThatTilesAreThoseOfTheLeaves(PublishedLog published) {
        var tiles = new GrowingTiles();
        long size = published.checkpoint().size();
        for (byte[] entry : published.entries(0, size)) {
            tiles.append(
                    TreeHash.ofLeaf(entry),
                    (tile, hashes) -> assertThat(published.tile(tile))
                            .hasValueSatisfying(served -> assertThat(served).isEqualTo(hashes)));
        }
        assertThat(tiles.root()).isEqualTo(published.checkpoint().root());
        tiles.partials()
                .forEach(partial -> assertThat(published.tile(partial.tile()))
                        .hasValueSatisfying(served -> assertThat(served).isEqualTo(partial.hashes())));
        assertThat(published.tile(new TileId(0, size / 256, (int) (size % 256) + 1)))
                .isEmpty();
        assertThat(published.tile(new TileId(0, size / 256 + 1, 1))).isEmpty();
    }

    @Test
    void leavesThatACommandAppendsBesideTheApplianceAreCoveredToo() {
        try (AuditLog log = appliance.open(store);
                Store command = appliance.openStore()) {
            long index = done(command.write(rows -> new Leaves(rows).append(TestLog.leaf(7))));

            assertThat(done(log.covering(index))
                            .proof(index)
                            .orElseThrow()
                            .proves(TestLog.leaf(7).canonicalJson()))
                    .isTrue();
        }
    }

    @Test
    void neitherALeafNorATileCanBeChangedOrDeleted() {
        try (AuditLog log = appliance.open(store)) {
            done(log.append(TestLog.leaf(1)));
        }
        for (String statement : List.of("UPDATE audit_leaf SET entry = x'00'", "DELETE FROM audit_leaf")) {
            assertThatThrownBy(() -> done(store.write(rows -> rows.update(statement))))
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void aCheckpointThatWasNotKeptIsNeverShownAndTheNextOneCoversItsLeaves() {
        for (FaultyStore.Fault fault : List.of(FaultyStore.Fault.LOST, FaultyStore.Fault.KEPT)) {
            var faulty = new FaultyStore(store);
            Checkpoint before;
            try (AuditLog log = appliance.open(faulty)) {
                before = log.published().orElseThrow().checkpoint();
                faulty.failAfter(0, fault);
                long index = done(store.write(rows -> new Leaves(rows).append(TestLog.leaf(2))));
                Await.until(() -> log.whyUnpublished().isPresent());
                assertThat(log.published().orElseThrow().checkpoint()).isEqualTo(before);

                faulty.heal();
                assertThat(done(log.covering(index)).rootAt(before.size())).isEqualTo(before.root());
                Await.until(() -> log.whyUnpublished().isEmpty());
            }
        }
    }

    @Test
    void aCallersFifteenHundredRefusalsAreAFewLeavesThatAddUp() {
        try (AuditLog log = appliance.open(store)) {
            assertThat(done(log.refuse(refusal()))).hasValue(created);
            for (int i = 1; i < 1_500; i++) {
                done(log.refuse(refusal()));
            }
        }
        long size = store.read(rows -> new AuditTable(rows).size());
        List<RecordedLeaf> leaves = store.read(rows -> new AuditTable(rows).entries(created, size)).stream()
                .map(RecordedLeaf::parse)
                .toList();

        assertThat(leaves).hasSizeLessThan(100);
        assertThat(leaves.stream()
                        .mapToLong(leaf -> leaf.number(LeafField.COUNT).orElse(1))
                        .sum())
                .isEqualTo(1_500);
    }

    @Test
    void whereNothingIsWrittenAnyMoreNoRefusalIsCountedAndForgotten() {
        try (AuditLog log = appliance.open(store)) {
            for (int i = 0; i < 100; i++) {
                done(log.refuse(refusal()));
            }
            store.stopWriting(new WritingStopped(StopReason.STORE_BEHIND, "for this test"));

            assertThatThrownBy(() -> done(log.refuse(refusal()))).hasCauseInstanceOf(WritingStopped.class);
        }
    }

    private static Leaf refusal() {
        return TestLog.leaf(1).refused(Decision.denied("default-deny"), new Reason("forbidden"));
    }

    @Test
    void aLogKeepsItsName() {
        appliance.open(store).close();

        assertThatThrownBy(() -> appliance.open(store, new Origin("lab-b.example/test")))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage("audit.yaml names the audit log lab-b.example/test, but the store holds the log"
                        + " lab-a.example/test. A log keeps its name for ever: correct 'origin'");
    }

    @Test
    void aStoreWhoseLeavesWereEditedIsRefused() {
        try (AuditLog log = appliance.open(store)) {
            appendUpTo(40);
            done(log.covering(39));
        }
        edit("UPDATE audit_leaf SET entry = (SELECT entry FROM audit_leaf WHERE idx = 5) WHERE idx = 6");

        assertThatThrownBy(() -> appliance.open(store))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("does not match its own last checkpoint, of size 40");
    }

    /** Past the check that nothing is changed, as an edit of the file would be. */
    private void edit(String statement) {
        done(store.write(rows -> {
            rows.update("DROP TRIGGER IF EXISTS audit_leaf_is_never_changed");
            rows.update("DROP TRIGGER IF EXISTS audit_leaf_is_never_deleted");
            return rows.update(statement);
        }));
    }

    private void appendUpTo(int size) {
        done(store.write(rows -> {
            for (int number = (int) new AuditTable(rows).size(); number < size; number++) {
                new Leaves(rows).append(TestLog.leaf(number));
            }
            return size;
        }));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
