package org.sealkeeper.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.merkle.TrustPolicy;
import org.sealkeeper.testing.SoftwareLeaves;
import org.sealkeeper.testing.SoftwareLog;

/** A log that is signed and whole is still invalid where its leaves contradict one another. */
class LeafRulesTest {
    private static final SoftwareLeaves LEAVES = new SoftwareLeaves(1);

    @ParameterizedTest
    @MethodSource
    void aLeafThatCannotBeIsFound(String what, String leaf, String reason) {
        List<byte[]> entries = LEAVES.entries(8);
        entries.set(7, leaf.getBytes(StandardCharsets.UTF_8));
        LogVerifierTest.assertInvalid(verify(entries), "leaf 7", reason);
    }

    static Stream<Object[]> aLeafThatCannotBeIsFound() {
        String good = text(LEAVES.leaf(7));
        return Stream.of(new Object[][] {
            {"begun later", good.replace("\"begun\":6", "\"begun\":8"), "an earlier leaf"},
            {"begun by itself", good.replace("\"begun\":6", "\"begun\":7"), "an earlier leaf"},
            {"begun before the log", good.replace("\"begun\":6", "\"begun\":-1"), "an earlier leaf"},
            {"begun another block", good.replace("\"begun\":6", "\"begun\":1"), "of the same operation"},
            {"begun something done", good.replace("\"begun\":6", "\"begun\":2"), "of the same operation"},
            {"begun something else", good.replace("\"begun\":6", "\"begun\":0"), "of the same operation"},
            {"begun another height", good.replace("\"height\":1", "\"height\":2"), "of the same operation"},
            {"no time", good.replaceFirst("\"time\":\"[^\"]*\"", "\"time\":\"today\""), "expected a time"},
            {"spaces", good.replace(",", ", "), "canonical"},
            {"another member", good.replace("{", "{\"aside\":\"\","), "known members"},
            {"another version", good.replace("\"v\":1", "\"v\":2"), "version 1"},
            {"no JSON", "signed a block", "not a leaf"},
            {"nothing", "", "not a leaf"},
        });
    }

    @Test
    void whatBeganLongAgoIsLookedUpAgain() {
        List<byte[]> entries = LEAVES.entries(6_000);
        entries.set(5_999, ending(5_999, 1).canonicalJson());
        assertThat(verify(entries)).isInstanceOf(LogVerdict.Valid.class);
        entries.set(5_999, ending(5_999, 6).canonicalJson());
        LogVerifierTest.assertInvalid(verify(entries), "leaf 5999", "of the same operation");
    }

    @Test
    void aClockThatRunsBackwardsIsRemarked() {
        List<byte[]> entries = LEAVES.entries(10);
        entries.set(
                4,
                LEAVES.leaf(4)
                        .at(LEAVES.leaf(3).time().minus(Duration.ofMinutes(5)))
                        .canonicalJson());
        assertThat(remarks(entries)).isEmpty();
        entries.set(
                4,
                LEAVES.leaf(4)
                        .at(LEAVES.leaf(3).time().minus(Duration.ofMinutes(6)))
                        .canonicalJson());
        assertThat(remarks(entries))
                .containsExactly("the clock ran backwards by more than 5 minutes before 1 leaf, first before leaf 4");
    }

    private static List<String> remarks(List<byte[]> entries) {
        return verify(entries) instanceof LogVerdict.Valid(var report) ? report.remarks() : List.of("invalid");
    }

    /** The end of what began at leaf 1. */
    private static Leaf ending(long index, long begun) {
        return LEAVES.leaf(2)
                .at(LEAVES.leaf(index).time())
                .ending(Outcome.DONE, Optional.empty(), OptionalLong.of(begun));
    }

    private static String text(Leaf leaf) {
        return new String(leaf.canonicalJson(), StandardCharsets.UTF_8);
    }

    private static LogVerdict verify(List<byte[]> entries) {
        var judge = new CheckpointJudge(TrustPolicy.ofLogKeys(SoftwareLog.VKEYS));
        return new LogVerifier(judge, new FilesInMemory(SoftwareLog.files(entries)), (done, total) -> {})
                .verify(Optional.empty(), Optional.empty());
    }
}
