package org.sealkeeper.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.store.Store;

/** The writer appends no leaf that the table does not have, nor one that contradicts the leaf it names. */
class LeavesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String WRAPPED = "ef".repeat(32);
    private static final OptionalLong NOTHING = OptionalLong.empty();

    @TempDir
    private Path folder;

    private Store store;
    private long emergency;
    private long begun;

    @BeforeEach
    void begin() {
        Path file = folder.resolve("store.db");
        Store.create(new StoreLocation.Embedded(file));
        store = Store.open(new StoreLocation.Embedded(file));
        emergency = append(emergency(Operation.BEGIN_EMERGENCY_ACCESS, "cd"));
        begun = append(unwrap("patient-data", "clinician-a", "BTG", WRAPPED, emergency)
                .ending(Outcome.BEGUN, Optional.empty(), NOTHING));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anEndThatIsAsItsBeginningIsAppended() {
        Leaf use = unwrap("patient-data", "clinician-a", "BTG", WRAPPED, emergency);
        append(done(use));
        append(use.ending(Outcome.FAILED, Optional.of(new Reason("hsm-unavailable")), OptionalLong.of(begun)));
        append(emergency(Operation.END_EMERGENCY_ACCESS, "cd")
                .ending(Outcome.DONE, Optional.empty(), OptionalLong.of(emergency)));
    }

    /** What outlives its request fills the JVM's old generation, which is not collected until the machine's memory is used up. */
    @Test
    void aLeafIsRememberedFromItsBeginningToItsEndAndNoLonger() {
        assertThat(remembers(begun)).isTrue();
        long end = append(done(unwrap("patient-data", "clinician-a", "BTG", WRAPPED, emergency)));
        assertThat(remembers(begun)).isFalse();
        assertThat(remembers(end)).isFalse();
        assertThat(remembers(emergency)).isFalse();
    }

    private boolean remembers(long index) {
        return store.commit(rows -> AppendedLeaves.of(rows).underWay(index).isPresent());
    }

    @ParameterizedTest
    @MethodSource
    void anEndOfSomethingElseIsRefused(String what, Leaf end, String reason) {
        assertThatThrownBy(() -> append(done(end))).as(what).hasMessageContaining(reason);
    }

    static Stream<Object[]> anEndOfSomethingElseIsRefused() {
        return Stream.of(new Object[][] {
            {"another key", unwrap("other-data", "clinician-a", "BTG", WRAPPED, 0), "to say the same as 'key'"},
            {"another recipient", unwrap("patient-data", "lab-a", "BTG", WRAPPED, 0), "the same as 'recipient'"},
            {"another purpose", unwrap("patient-data", "clinician-a", "ETREAT", WRAPPED, 0), "the same as 'purpose'"},
            {"another data key", unwrap("patient-data", "clinician-a", "BTG", "00".repeat(32), 0), "'dataKey'"},
            {"no emergency", on(OptionalLong.empty(), "clinician-a"), "the same as 'emergency'"},
            {"another's", by("urn:sealkeeper:clinic:clinician-b"), "the same as 'caller'"},
            {"another request", on(OptionalLong.of(0), "clinician-a").in(new RequestId("other")), "'requestId'"},
        });
    }

    @Test
    void whatNamesALeafThatIsNotThereOrOfAnotherKindIsRefused() {
        Leaf use = unwrap("patient-data", "clinician-a", "BTG", WRAPPED, emergency);
        assertRefused(use.ending(Outcome.DONE, Optional.empty(), OptionalLong.of(begun + 1)), "an earlier leaf");
        assertRefused(use.ending(Outcome.DONE, Optional.empty(), OptionalLong.of(emergency)), "naming");
        assertRefused(use.ending(Outcome.DONE, Optional.empty(), NOTHING), "without 'begun'");
        assertRefused(
                unwrap("patient-data", "clinician-a", "BTG", WRAPPED, begun)
                        .ending(Outcome.BEGUN, Optional.empty(), NOTHING),
                "'unwrap-data-key' 'begun' with 'emergency' naming");
        assertRefused(
                unwrap("patient-data", "clinician-a", "ERTREAT", WRAPPED, emergency)
                        .ending(Outcome.BEGUN, Optional.empty(), NOTHING),
                "which 'emergency' names, to say the same as 'purpose'");
        assertRefused(
                emergency(Operation.END_EMERGENCY_ACCESS, "ab")
                        .ending(Outcome.DONE, Optional.empty(), OptionalLong.of(emergency)),
                "the same as 'justification'");
    }

    @Test
    void whatTheTableDoesNotHaveIsRefused() {
        Leaf start =
                Leaf.done(NOON, Operation.START_APPLIANCE, new Actor.Appliance(), new Subject.Whole(), "appliance");
        assertRefused(
                start.refused(Decision.allowed("appliance"), new Reason("forbidden")), "'start-appliance' 'refused'");
        assertRefused(start.ending(Outcome.DONE, Optional.empty(), OptionalLong.of(begun)), "with 'begun'");
        assertThat(append(start)).isEqualTo(begun + 1);
    }

    private void assertRefused(Leaf leaf, String reason) {
        assertThatThrownBy(() -> append(leaf)).hasMessageContaining(reason);
    }

    private Leaf done(Leaf use) {
        return use.ending(Outcome.DONE, Optional.empty(), OptionalLong.of(begun));
    }

    private long append(Leaf leaf) {
        return store.commit(rows -> new Leaves(rows).append(leaf));
    }

    private static Leaf emergency(Operation operation, String justification) {
        Actor actor = operation == Operation.BEGIN_EMERGENCY_ACCESS ? clinician("clinician-a") : new Actor.Appliance();
        var subject = new Subject.Emergency(new KeyAlias("patient-data"), "BTG", justification.repeat(32));
        return Leaf.done(NOON, operation, actor, subject, "grants/break-the-glass");
    }

    private static Actor clinician(String name) {
        return new Actor.Identified(Caller.of(new CallerId("urn:sealkeeper:clinic:" + name)));
    }

    private static Leaf by(String caller) {
        return on(OptionalLong.of(0), "clinician-a").by(new Actor.Identified(Caller.of(new CallerId(caller))));
    }

    private static Leaf on(OptionalLong emergency, String recipient) {
        return unwrap("patient-data", recipient, "BTG", WRAPPED, emergency);
    }

    private static Leaf unwrap(String key, String recipient, String purpose, String dataKey, long emergency) {
        return unwrap(key, recipient, purpose, dataKey, OptionalLong.of(emergency));
    }

    private static Leaf unwrap(String key, String recipient, String purpose, String dataKey, OptionalLong emergency) {
        var subject = new Subject.DataKey(
                new KeyAlias(key),
                OptionalInt.of(1),
                Optional.of(dataKey),
                Optional.of(new RecipientName(recipient)),
                Optional.of(purpose),
                emergency);
        return Leaf.done(NOON, Operation.UNWRAP_DATA_KEY, clinician("clinician-a"), subject, "grants/break-the-glass")
                .in(new RequestId("3e5f"));
    }
}
