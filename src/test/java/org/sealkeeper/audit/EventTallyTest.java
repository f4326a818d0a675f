package org.sealkeeper.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.FaultyStore;

/** A flood costs a few leaves, and no event is forgotten. */
class EventTallyTest {
    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final EventTally tally = new EventTally(() -> now);

    @Test
    void whatIsAlikeBecomesOneLeafOnceItsTimeHasCome() {
        for (int i = 0; i < 1_000; i++) {
            tally.count(refusal("urn:a").in(new RequestId("r" + i)));
            tally.count(refusal("urn:b"));
        }
        now = now.plusSeconds(9);
        assertThat(tally.due(false)).isEmpty();
        now = now.plusSeconds(1);

        List<Leaf> due = tally.due(false);
        assertThat(due).hasSize(2).allSatisfy(leaf -> {
            assertThat(leaf.tally().orElseThrow().count()).isEqualTo(1_000);
            assertThat(leaf.tally().orElseThrow().since()).isEqualTo(now.minusSeconds(10));
            assertThat(leaf.time()).isEqualTo(now);
            assertThat(leaf.authorization().request()).isEmpty();
        });
        assertThat(tally.due(true)).isEmpty();
    }

    @Test
    void aThousandKindsAreRecordedWithoutTheirNamesButAllCounted() {
        for (int i = 0; i < 1_000; i++) {
            tally.count(refusal("urn:" + i));
        }
        List<Leaf> due = tally.due(true);

        assertThat(due).hasSizeLessThanOrEqualTo(257);
        assertThat(due.stream()
                        .mapToLong(leaf -> leaf.tally().orElseThrow().count())
                        .sum())
                .isEqualTo(1_000);
    }

    @Test
    void aCallerThatNamesAThousandKeysFillsNoPlaceOfOthers() {
        for (int i = 0; i < 1_000; i++) {
            tally.count(refusal("urn:a").on(dataKey("key-" + i)));
        }
        tally.count(refusal("urn:b").on(dataKey("key-1")));
        List<Leaf> due = tally.due(true);

        assertThat(due).hasSize(18);
        assertThat(due.stream()
                        .filter(leaf -> leaf.target().subject().equals(new Subject.Whole()))
                        .mapToLong(leaf -> leaf.tally().orElseThrow().count()))
                .containsExactly(984L);
    }

    @Test
    void refusalsOfManyDataKeysUnderOneKeyAreOfOneKind() {
        for (int i = 0; i < 1_000; i++) {
            tally.count(refusal("urn:a")
                    .on(new Subject.DataKey(
                            new KeyAlias("patient-data"),
                            OptionalInt.of(1),
                            Optional.of("%064x".formatted(i)),
                            Optional.of(new RecipientName("lab-a")),
                            Optional.of("TREAT"),
                            OptionalLong.empty())));
        }
        assertThat(tally.due(true)).singleElement().satisfies(leaf -> {
            assertThat(leaf.target().subject()).isEqualTo(dataKey("patient-data"));
            assertThat(leaf.tally().orElseThrow().count()).isEqualTo(1_000);
        });
    }

    private static Subject dataKey(String alias) {
        return new Subject.DataKey(
                new KeyAlias(alias),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }

    @Test
    void whatCouldNotBeWrittenIsCountedOn() {
        tally.count(refusal("urn:a"));
        var broken = new FaultyStore(Store.open(new StoreLocation.Embedded(store())));
        broken.failAfter(0, FaultyStore.Fault.LOST);
        assertThat(tally.append(broken, true).toCompletableFuture()).isCompletedExceptionally();
        assertThat(tally.isBehind()).isTrue();
        tally.count(refusal("urn:a"));

        broken.heal();
        assertThat(tally.append(broken, true).toCompletableFuture()).succeedsWithin(Duration.ofMinutes(1));
        assertThat(tally.isBehind()).isFalse();
        List<byte[]> entries = broken.read(rows -> new AuditTable(rows).entries(0, 10));
        assertThat(entries)
                .singleElement()
                .satisfies(entry -> assertThat(RecordedLeaf.parse(entry).number(LeafField.COUNT))
                        .hasValue(2));
        broken.close();
    }

    private Path store() {
        Path file = folder.resolve("store.db");
        Store.create(new StoreLocation.Embedded(file));
        return file;
    }

    @Test
    void atTheEndNothingIsKeptBack() {
        tally.count(refusal("urn:a"));
        assertThat(tally.due(true)).hasSize(1);
    }

    private Leaf refusal(String caller) {
        return Leaf.done(
                        now,
                        Operation.OTHER_REQUEST,
                        new Actor.Identified(Caller.of(new CallerId(caller))),
                        new Subject.Whole(),
                        "front-door")
                .refused(Decision.allowed("front-door"), new Reason("not-found"));
    }
}
