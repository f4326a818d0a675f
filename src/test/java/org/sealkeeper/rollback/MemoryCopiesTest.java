package org.sealkeeper.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.rollback.MemoryRecord.State;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TokenFault;

/** What two tokens remember together, of which each may fail. */
class MemoryCopiesTest {
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Remembered NOTHING =
            new Remembered(new Checkpoint(new Origin("log"), 0, TreeHash.EMPTY_ROOT), new TreeMap<>());

    @TempDir
    private Path folder;

    private FaultyModule firstModule;
    private FaultyModule secondModule;
    private Tokens tokens;
    private TokenLabel first;
    private TokenLabel second;
    private TokenMemories memories;
    private MemoryRecord record;
    private MemoryCopies copies;

    @BeforeEach
    void take() throws Exception {
        firstModule = FaultyModule.install(folder.resolve("first"));
        secondModule = FaultyModule.install(folder.resolve("second"));
        tokens = Tokens.open(List.of(
                SoftHsmToken.in(Files.createDirectory(folder.resolve("a")), firstModule.profile())
                        .settings(),
                SoftHsmToken.in(Files.createDirectory(folder.resolve("b")), secondModule.profile())
                        .settings()));
        first = tokens.labels().getFirst();
        second = tokens.labels().getLast();
        memories = new TokenMemories(tokens, System::nanoTime);
        Recollection nothing = memories.awaitFree("here");
        record = new MemoryRecord(
                "0".repeat(32),
                "store",
                "here",
                1,
                LEASE,
                State.HELD,
                memories.named(nothing),
                Optional.empty(),
                NOTHING);
        copies = memories.take(nothing, record);
    }

    @AfterEach
    void close() {
        tokens.close();
    }

    private WriteAnswer write() {
        record = record.next(NOTHING, State.HELD, Optional.empty());
        return Completion.await(copies.write(record));
    }

    /** The newest record in one token. */
    private MemoryRecord newest(TokenLabel token) {
        return memories.memory(token).recall().newest().orElseThrow();
    }

    /** What a start finds that can ask this token alone. */
    private Recollection alone(TokenLabel token) {
        var found = new LinkedHashMap<TokenLabel, Recall>();
        found.put(token, memories.memory(token).recall());
        return new Recollection(found);
    }

    @Test
    void bothRememberAndNameEachOther() {
        assertThat(write()).isEqualTo(WriteAnswer.REMEMBERED);
        assertThat(newest(first)).isEqualTo(newest(second)).isEqualTo(record.in(List.of(first, second)));
        assertThatThrownBy(() -> alone(first).requireComplete())
                .isInstanceOf(TokenMissing.class)
                .hasMessageContaining("by the token '" + second + "' alone");
        assertThatThrownBy(() -> alone(second).requireComplete()).isInstanceOf(TokenMissing.class);
        memories.awaitFree("here").requireComplete();
    }

    @Test
    void oneThatFailsIsNamedNoMoreBeforeAnythingLeaves() {
        try (InjectedFault _ = secondModule.inject(TokenFault.away())) {
            assertThat(write()).isEqualTo(WriteAnswer.AGAIN);
            assertThat(write()).isEqualTo(WriteAnswer.REMEMBERED);
        }
        alone(first).requireComplete();
        assertThat(alone(second).missing()).containsExactly(first);
    }

    @Test
    void oneThatIsBackRemembersAgain() {
        try (InjectedFault _ = firstModule.inject(TokenFault.away())) {
            write();
            write();
        }
        assertThat(write()).isEqualTo(WriteAnswer.REMEMBERED);
        assertThat(newest(first)).isEqualTo(newest(second)).isEqualTo(record.in(List.of(second, first)));
        assertThat(alone(second).missing()).containsExactly(first);
    }

    @Test
    void whereAllFailNothingIsRememberedAndNoneIsLeftOut() {
        try (InjectedFault _ = firstModule.inject(TokenFault.away());
                InjectedFault _ = secondModule.inject(TokenFault.away())) {
            assertThatThrownBy(this::write).isInstanceOf(HsmFault.class);
        }
        assertThat(write()).isEqualTo(WriteAnswer.REMEMBERED);
        assertThat(newest(second).tokens()).containsExactly(first, second);
    }

    /** The one that was away must not be the only one that remembers: it does not know what the other did meanwhile. */
    @Test
    void oneThatIsBackCannotReplaceTheLastThatRemembers() {
        try (InjectedFault _ = firstModule.inject(TokenFault.away())) {
            write();
            write();
        }
        try (InjectedFault _ = secondModule.inject(TokenFault.away())) {
            assertThatThrownBy(this::write).isInstanceOf(HsmFault.class);
        }
        assertThat(alone(first).missing()).containsExactly(second);
    }

    @Test
    void oneThatComesBackWithoutItsRecordHasNoPartInIt() {
        try (InjectedFault _ = secondModule.inject(TokenFault.away())) {
            write();
            write();
        }
        Hsm changed = tokens.require(second);
        changed.records().remove(Set.of(record.owner()));
        assertThat(write()).isEqualTo(WriteAnswer.REMEMBERED);
        assertThat(newest(first).tokens()).containsExactly(first);
        long asked = secondModule.calls("C_GetAttributeValue");
        assertThat(write()).isEqualTo(WriteAnswer.REMEMBERED);
        assertThat(secondModule.calls("C_GetAttributeValue"))
                .as("it is not asked again")
                .isEqualTo(asked);
        assertThat(copies.knows(second)).as("nor taken anew").isTrue();
    }

    @Test
    void whereAnotherApplianceTakesOneOfThemNothingMoreIsRemembered() {
        MemoryRecord other = new MemoryRecord(
                "1".repeat(32), "store", "there", 9, LEASE, State.HELD, List.of(second), Optional.empty(), NOTHING);
        TokenMemory.Taken _ =
                memories.memory(second).take(memories.memory(second).recall(), other);
        assertThat(write()).isEqualTo(WriteAnswer.TAKEN);
    }
}
