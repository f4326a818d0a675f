package org.sealkeeper.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            {"begun another block", good.replace("\"begun\":6", "\"begun\":1"), "to say the same as 'blockHash'"},
            {"begun another height", good.replace("\"height\":1", "\"height\":2"), "to say the same as 'height'"},
            {"by another", good.replace("node-a", "node-b"), "to say the same as 'caller'"},
            {"another key", good.replace("\"keyVersion\":1", "\"keyVersion\":2"), "to say the same as 'keyVersion'"},
            {"another request", good.replace("r1-7", "r1-8"), "to say the same as 'requestId'"},
            {"no time", good.replaceFirst("\"time\":\"[^\"]*\"", "\"time\":\"today\""), "expected a time"},
            {"spaces", good.replace(",", ", "), "canonical"},
            {"a number as text", good.replace("\"height\":1", "\"height\":\"1\""), "another type of value in 'height'"},
            {"no version", good.replace(",\"v\":1", ""), "the version of its format"},
            {"no JSON", "signed a block", "not a leaf"},
            {"nothing", "", "not a leaf"},
        });
    }

    /** As an appliance writes them where an emergency ended by itself; here once with other keys, recipients and callers. */
    @ParameterizedTest
    @MethodSource
    void whatEndsTellsOfWhatHadBegun(int leaf, String said, String altered, String member) {
        List<String> honest = emergency();
        assertThat(verify(bytes(honest))).isInstanceOf(LogVerdict.Valid.class);
        List<String> forged = new ArrayList<>(honest);
        forged.set(leaf, honest.get(leaf).replace(said, altered));
        assertThat(forged).isNotEqualTo(honest);
        LogVerifierTest.assertInvalid(verify(bytes(forged)), "leaf " + leaf, "to say the same as '" + member + "'");
    }

    static Stream<Object[]> whatEndsTellsOfWhatHadBegun() {
        return Stream.of(new Object[][] {
            {2, "patient-data", "other-data", "key"},
            {2, "\"purpose\":\"BTG\"", "\"purpose\":\"ETREAT\"", "purpose"},
            {2, "clinician-a", "clinician-b", "caller"},
            {3, "patient-data", "other-data", "key"},
            {3, "\"keyVersion\":1", "\"keyVersion\":2", "keyVersion"},
            {3, "\"recipient\":\"ward-1\"", "\"recipient\":\"ward-2\"", "recipient"},
            {3, "\"dataKey\":\"ef", "\"dataKey\":\"ff", "dataKey"},
            {3, "\"purpose\":\"BTG\"", "\"purpose\":\"ETREAT\"", "purpose"},
            {3, "\"emergency\":1,", "", "emergency"},
            {3, "clinician-a", "clinician-b", "caller"},
            {3, "\"rule\":\"grants/glass\"", "\"rule\":\"grants/other\"", "rule"},
            {3, "\"requestId\":\"7f\"", "\"requestId\":\"80\"", "requestId"},
            {4, "patient-data", "other-data", "key"},
            {4, "\"justification\":\"cd", "\"justification\":\"dd", "justification"},
            {4, "\"purpose\":\"BTG\"", "\"purpose\":\"ETREAT\"", "purpose"},
        });
    }

    private static List<String> emergency() {
        String who = "\"authentication\":\"client-certificate\",";
        String caller = "\"caller\":\"clinician-a\",";
        String glass = "\"justification\":\"" + "cd".repeat(32) + "\",\"key\":\"patient-data\",\"operation\":\"";
        String use = "\"dataKey\":\"" + "ef".repeat(32) + "\",\"decision\":\"allowed\",\"emergency\":1,"
                + "\"key\":\"patient-data\",\"keyVersion\":1,\"operation\":\"unwrap-data-key\",\"outcome\":\"";
        String more = "\",\"purpose\":\"BTG\",\"recipient\":\"ward-1\",\"requestId\":\"7f\",\"rule\":\"grants/glass\",";
        String end = "\"time\":\"2026-01-05T08:00:00.000Z\",\"v\":1}";
        return List.of(
                text(LEAVES.leaf(0)),
                "{" + who + caller + "\"decision\":\"allowed\"," + glass
                        + "begin-emergency-access\",\"outcome\":\"done\",\"purpose\":\"BTG\",\"rule\":\"grants/glass\","
                        + end,
                "{" + who + caller + use + "begun" + more + end,
                "{" + who + "\"begun\":2," + caller + use + "done" + more + end,
                "{\"authentication\":\"appliance\",\"begun\":1,\"decision\":\"allowed\"," + glass
                        + "end-emergency-access\",\"outcome\":\"done\",\"purpose\":\"BTG\",\"rule\":\"emergency-window\","
                        + end);
    }

    private static List<byte[]> bytes(List<String> leaves) {
        return leaves.stream()
                .map(leaf -> leaf.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** A newer appliance may have written it: an auditor must not take it for tampering. */
    @ParameterizedTest
    @MethodSource
    void aLeafThatIsNotKnownHereIsNeitherValidNorInvalid(String leaf, String what) {
        List<byte[]> entries = LEAVES.entries(8);
        entries.set(7, leaf.getBytes(StandardCharsets.UTF_8));
        assertThat(verify(entries)).isInstanceOfSatisfying(LogVerdict.Unknown.class, unknown -> {
            assertThat(unknown.leaves()).isEqualTo(new UnknownLeaves(7, what, 1));
            assertThat(unknown.report().size()).isEqualTo(8);
        });
    }

    static Stream<Object[]> aLeafThatIsNotKnownHereIsNeitherValidNorInvalid() {
        String good = text(LEAVES.leaf(7));
        return Stream.of(new Object[][] {
            {good.replace("{", "{\"aside\":\"\","), "the member 'aside'"},
            {good.replace("\"v\":1", "\"v\":2"), "version 2 of the leaf format"},
            {good.replace("sign-block", "sign-receipt"), "'sign-receipt' 'done'"},
            {good.replace("sign-block", "\\u001b[2J"), "'?' 'done'"},
            {good.replace("\"done\"", "\"postponed\""), "'sign-block' 'postponed'"},
            {good.replace("sign-block", "start-appliance"), "'start-appliance' 'done' with 'begun'"},
            {good.replace("\"begun\":6,", ""), "'sign-block' 'done' without 'begun'"},
            {good.replace("\"begun\":6", "\"begun\":2"), "'sign-block' 'done' with 'begun' naming 'sign-block' 'done'"},
            {
                good.replace("\"begun\":6", "\"begun\":0"),
                "'sign-block' 'done' with 'begun' naming 'start-appliance' 'done'"
            },
        });
    }

    @Test
    void aLeafThatIsNotKnownHereHidesNothingThatWasAltered() {
        List<byte[]> entries = LEAVES.entries(300);
        entries.set(7, text(LEAVES.leaf(7)).replace("\"v\":1", "\"v\":2").getBytes(StandardCharsets.UTF_8));
        assertThat(verify(entries)).isInstanceOf(LogVerdict.Unknown.class);
        Map<String, byte[]> files = SoftwareLog.files(entries);
        entries.set(8, text(LEAVES.leaf(8)).replace("denied", "allowed").getBytes(StandardCharsets.UTF_8));
        files.put("tile/entries/000", SoftwareLog.files(entries).get("tile/entries/000"));
        LogVerifierTest.assertInvalid(verify(files), "tile/0/000", "was changed");
    }

    @Test
    void whatBeganLongAgoIsLookedUpAgain() {
        List<byte[]> entries = LEAVES.entries(6_000);
        entries.set(5_999, ending(5_999, 1).canonicalJson());
        assertThat(verify(entries)).isInstanceOf(LogVerdict.Valid.class);
        entries.set(5_999, ending(5_999, 6).canonicalJson());
        LogVerifierTest.assertInvalid(verify(entries), "leaf 5999", "to say the same as");
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
        return verify(SoftwareLog.files(entries));
    }

    private static LogVerdict verify(Map<String, byte[]> files) {
        var judge = new CheckpointJudge(TrustPolicy.ofLogKeys(SoftwareLog.VKEYS));
        return new LogVerifier(judge, new FilesInMemory(files), (done, total) -> {})
                .verify(Optional.empty(), Optional.empty());
    }
}
