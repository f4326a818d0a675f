package org.sealkeeper.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.testing.SoftwareLog;

/** A data key has another id after it was re-wrapped. */
class DisclosuresTest {
    private static final String FIRST = "1".repeat(64);
    private static final String SECOND = "2".repeat(64);
    private static final String THIRD = "3".repeat(64);
    private static final String OTHER = "f".repeat(64);

    private final List<byte[]> entries = new ArrayList<>();

    private long append(Operation operation, String dataKey, Outcome outcome, OptionalLong begun) {
        var subject = new Subject.DataKey(
                new KeyAlias("patient-data"),
                OptionalInt.of(1),
                Optional.of(dataKey),
                Optional.empty(),
                Optional.of("TREAT"),
                OptionalLong.empty());
        Leaf leaf = Leaf.ofCommand(Instant.parse("2026-01-05T08:00:00Z"), operation, subject)
                .ending(
                        outcome,
                        outcome == Outcome.FAILED ? Optional.of(new Reason("token-failed")) : Optional.empty(),
                        begun);
        entries.add(leaf.canonicalJson());
        return (long) entries.size() - 1;
    }

    private long release(String dataKey) {
        long begun = append(Operation.UNWRAP_DATA_KEY, dataKey, Outcome.BEGUN, OptionalLong.empty());
        return append(Operation.UNWRAP_DATA_KEY, dataKey, Outcome.DONE, OptionalLong.of(begun));
    }

    private void rewrap(String from, String to, Outcome outcome) {
        long begun = append(Operation.REWRAP_DATA_KEY, from, Outcome.BEGUN, OptionalLong.empty());
        long _ = append(Operation.REWRAP_DATA_KEY, to, outcome, OptionalLong.of(begun));
    }

    private List<Long> disclosures(String dataKey) {
        return new Disclosures(new VerifiedLeaves(new FilesInMemory(SoftwareLog.files(entries)), checkpoint(entries)))
                .of(dataKey).stream().map(Disclosures.Disclosure::index).toList();
    }

    private static Checkpoint checkpoint(List<byte[]> entries) {
        return SoftwareLog.build(entries, (path, bytes) -> {});
    }

    /** They were verified before, and the server gives out others now. */
    @Test
    void entriesThatAreNotThoseOfTheCheckpointProveNothing() {
        long _ = release(FIRST);
        Checkpoint verified = checkpoint(entries);
        entries.clear();
        long _ = release(OTHER);
        var log = new Disclosures(new VerifiedLeaves(new FilesInMemory(SoftwareLog.files(entries)), verified));
        assertThatThrownBy(() -> log.of(FIRST))
                .isInstanceOf(InvalidLog.class)
                .hasMessageContaining("found others when they were read again");
    }

    @Test
    void releasesUnderEarlierAndLaterWrappingsAreOfTheSameDataKey() {
        long before = release(FIRST);
        rewrap(FIRST, SECOND, Outcome.DONE);
        long between = release(SECOND);
        long _ = release(OTHER);
        rewrap(SECOND, THIRD, Outcome.DONE);
        long after = release(THIRD);
        for (String dataKey : List.of(FIRST, SECOND, THIRD)) {
            assertThat(disclosures(dataKey)).containsExactly(before, between, after);
        }
    }

    @Test
    void whatWasOnlyBegunOrFailedIsNoDisclosureAndNoWrapping() {
        long released = release(FIRST);
        long _ = append(Operation.UNWRAP_DATA_KEY, FIRST, Outcome.BEGUN, OptionalLong.empty());
        rewrap(FIRST, SECOND, Outcome.FAILED);
        long _ = release(SECOND);
        assertThat(disclosures(FIRST)).containsExactly(released);
    }
}
