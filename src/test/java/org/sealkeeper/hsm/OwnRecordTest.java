package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.SoftHsmToken;

/** Who notices whom, of several that write to one token. */
class OwnRecordTest {
    @TempDir
    Path folder;

    private Hsm hsm;
    private TokenRecords records;

    @BeforeEach
    void open() {
        hsm = SoftHsmToken.in(folder).open();
        records = hsm.records();
    }

    @AfterEach
    void close() {
        hsm.close();
    }

    @Test
    void theTwoObjectsAreWrittenInTurn() {
        OwnRecord own = records.create("a", "0");
        assertThat(write(own, "1")).isTrue();
        assertThat(write(own, "2")).isTrue();
        assertThat(write(own, "3")).isTrue();
        assertThat(texts()).containsExactlyInAnyOrder("2", "3");
    }

    @Test
    void anotherOwnerIsNoticed() {
        OwnRecord own = records.create("a", "0");
        records.create("b", "0");
        assertThat(write(own, "1")).isFalse();
    }

    @Test
    void aWriteThatEndsAfterThePermitWasRevokedIsNotReliedOn() {
        OwnRecord own = records.create("a", "0");
        assertThat(write(own, "1")).isTrue();
        records.revoke(Set.of("b"));
        assertThat(write(own, "2")).isTrue();
        records.create("b", "0");
        records.revoke(Set.of("a"));
        assertThat(write(own, "3")).isFalse();
        assertThat(texts()).contains("2", "3");
    }

    /** As where the token is away: nothing may be relied on, but nobody has taken the keys. */
    @Test
    void aPermitThatIsGoneWhileThereIsNobodyElseIsAFault() {
        OwnRecord own = records.create("a", "0");
        assertThat(write(own, "1")).isTrue();
        records.revoke(Set.of("a"));
        assertThatThrownBy(() -> write(own, "2")).hasCauseInstanceOf(HsmFault.class);
    }

    @Test
    void afterItsRecordWasRemovedAWriteTellsThatAnotherHasTheKeys() {
        OwnRecord own = records.create("a", "0");
        records.create("b", "0");
        records.revoke(Set.of("a"));
        records.remove(Set.of("a"));
        assertThat(write(own, "1")).isFalse();
    }

    /** Once it was alone, every later owner finds its record, and must revoke the permit before it may go on. */
    @Test
    void aRecordThatWasLeftByAnOwnerThatGaveUpStopsNobody() {
        OwnRecord own = records.create("a", "0");
        assertThat(write(own, "1")).isTrue();
        records.create("b", "0");
        assertThat(write(own, "2")).isTrue();
    }

    /** The snapshot has the handles of the same objects, and believes that they still have what was in them then. */
    @Test
    void aMachineThatWasTurnedBackToASnapshotWritesNothing() {
        OwnRecord own = records.create("a", "0");
        OwnRecord snapshot = snapshot("a", "0");

        assertThat(write(own, "1")).isTrue();
        assertThat(write(snapshot, "1 of another branch")).isFalse();
        assertThat(texts()).containsExactlyInAnyOrder("0", "1");
        assertThat(write(own, "2")).isTrue();
    }

    @Test
    void onlyTheRecordsOfTheseOwnersAreDestroyed() {
        records.create("a", "0");
        records.create("b", "0");
        records.create("c", "0");
        records.remove(Set.of("a", "c"));
        assertThat(records.read()).extracting(TokenRecord::owner).containsOnly("b");
    }

    @Test
    void aRecordThatWasMadeInVainIsWithdrawn() {
        records.create("a", "0");
        records.create("b", "0").withdraw(others -> true);
        assertThat(records.read()).extracting(TokenRecord::owner).containsOnly("a");
    }

    /** Such a machine may have destroyed the other's record before, and written blocks into its own. */
    @Test
    void aMachineThatWasTurnedBackWithdrawsNothingThatIsRemembered() {
        OwnRecord own = records.create("a", "0");
        OwnRecord snapshot = snapshot("a", "0");
        snapshot.withdraw(others -> !others.isEmpty());
        assertThat(texts()).containsExactly("0", "0");

        write(own, "1");
        records.create("b", "0");
        snapshot.withdraw(others -> true);
        assertThat(texts()).contains("1");
    }

    @Test
    void aRecordThatIsAllThatRemembersSomethingIsNotWithdrawn() {
        OwnRecord own = records.create("b", "0");
        records.create("a", "0");
        own.withdraw(others -> {
            assertThat(others).extracting(TokenRecord::owner).containsOnly("a");
            return false;
        });
        assertThat(records.read()).extracting(TokenRecord::owner).contains("b");
    }

    private OwnRecord snapshot(String owner, String text) {
        return hsm.work()
                .administer(objects -> new OwnRecord(
                        hsm.work(),
                        objects.records(),
                        new TokenPermit(owner, objects.find(TokenPermit.template(owner))[0]),
                        text));
    }

    private List<String> texts() {
        return records.read().stream().map(TokenRecord::text).toList();
    }

    private static boolean write(OwnRecord own, String text) {
        return own.write(text).toCompletableFuture().join();
    }
}
