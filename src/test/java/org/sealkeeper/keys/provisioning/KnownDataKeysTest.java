package org.sealkeeper.keys.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.TestAppliance;

/** What the log says of data keys, leaf by leaf. */
class KnownDataKeysTest {
    private static final KeyAlias DATA = new KeyAlias("patient-data");

    @TempDir
    private Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(TestAppliance.in(folder).store());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private long append(Operation operation, Outcome outcome, KeyAlias alias, int version, int id, OptionalLong begun) {
        var subject = new Subject.DataKey(
                alias,
                OptionalInt.of(version),
                Optional.of("%064x".formatted(id)),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
        Leaf leaf = Leaf.ofCommand(Instant.EPOCH, operation, subject).ending(outcome, why(outcome), begun);
        return store.commit(rows -> new Leaves(rows).append(leaf));
    }

    private static Optional<Reason> why(Outcome outcome) {
        return outcome == Outcome.FAILED ? Optional.of(new Reason("hsm-unavailable")) : Optional.empty();
    }

    private void make(KeyAlias alias, int version, int id) {
        long begun = append(Operation.GENERATE_DATA_KEY, Outcome.BEGUN, alias, version, id, OptionalLong.empty());
        long _ = append(Operation.GENERATE_DATA_KEY, Outcome.DONE, alias, version, id, OptionalLong.of(begun));
    }

    private void move(int id, int to, Outcome end) {
        long begun = append(Operation.REWRAP_DATA_KEY, Outcome.BEGUN, DATA, 1, id, OptionalLong.empty());
        boolean isMoved = end == Outcome.DONE;
        long _ = append(
                Operation.REWRAP_DATA_KEY, end, DATA, isMoved ? 2 : 1, isMoved ? to : id, OptionalLong.of(begun));
    }

    private int under(int version) {
        return KnownDataKeys.under(store, DATA, version);
    }

    @Test
    void theyAreThoseThatWereMadeOrMovedThereWithoutThoseThatWereMovedAway() {
        make(DATA, 1, 11);
        make(DATA, 1, 12);
        make(DATA, 2, 13);
        make(new KeyAlias("other"), 1, 14);
        long _ = append(Operation.GENERATE_DATA_KEY, Outcome.BEGUN, DATA, 1, 15, OptionalLong.empty());
        assertThat(under(1)).isEqualTo(2);
        assertThat(under(2)).isEqualTo(1);

        move(11, 21, Outcome.DONE);
        move(12, 22, Outcome.FAILED);
        assertThat(under(1)).as("what was not moved stays").isEqualTo(1);
        assertThat(under(2)).isEqualTo(2);
        move(11, 23, Outcome.DONE);
        assertThat(under(1)).as("moved twice").isEqualTo(1);
    }
}
