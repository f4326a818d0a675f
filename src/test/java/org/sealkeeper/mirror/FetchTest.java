package org.sealkeeper.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.TrustPolicy;
import org.sealkeeper.testing.LogServer;
import org.sealkeeper.testing.SoftwareLeaves;
import org.sealkeeper.testing.SoftwareLog;

/** A mirror over HTTP: it grows with the log, goes on after interruptions, and does not follow a fork. */
class FetchTest {
    private static final List<byte[]> ENTRIES = new SoftwareLeaves(1).entries(900);
    private static final Map<String, byte[]> SMALL = log(300);
    private static final Map<String, byte[]> LARGE = log(900);
    private static final CheckpointJudge JUDGE = new CheckpointJudge(TrustPolicy.ofLogKeys(SoftwareLog.VKEYS));

    @TempDir
    Path folder;

    private final LogServer server = new LogServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aNewMirrorIsTheLogItself() {
        assertThat(fetch(SMALL)).isInstanceOfSatisfying(FetchOutcome.Fetched.class, fetched -> {
            assertThat(fetched.oldSize()).isZero();
            assertThat(fetched.files()).isEqualTo(5);
        });
        assertMirrors(SMALL);
        assertThat(verify()).isInstanceOf(LogVerdict.Valid.class);
    }

    /** "Logs MAY use Content-Encoding: gzip with no negotiation" (C2SP tlog-tiles). */
    @Test
    void whatALogCompressesIsReadToo() {
        server.compress();
        assertThat(fetch(SMALL)).isInstanceOf(FetchOutcome.Fetched.class);
        assertMirrors(SMALL);
    }

    @Test
    void whatIsTooLargeOnceItIsUnpackedIsNotTaken() {
        server.compress();
        Map<String, byte[]> bomb = new HashMap<>(SMALL);
        bomb.put("tile/0/000", new byte[50 << 20]);
        assertThatThrownBy(() -> fetch(bomb))
                .isInstanceOf(InvalidLog.class)
                .hasMessageContaining("expected at most 8192 bytes, found more");
    }

    @Test
    void onlyWhatIsMissingIsFetched() {
        fetch(SMALL);
        assertThat(fetch(SMALL)).isInstanceOf(FetchOutcome.Fetched.class);
        assertThat(server.served()).containsExactly("cosigned", "checkpoint");
        assertThat(fetch(LARGE))
                .isInstanceOfSatisfying(
                        FetchOutcome.Fetched.class,
                        fetched -> assertThat(fetched.oldSize()).isEqualTo(300));
        assertThat(server.served())
                .containsExactlyInAnyOrder(
                        "cosigned",
                        "checkpoint",
                        "tile/entries/001",
                        "tile/entries/002",
                        "tile/entries/003.p/132",
                        "tile/0/001",
                        "tile/0/002",
                        "tile/0/003.p/132",
                        "tile/1/000.p/3");
        assertMirrors(LARGE);
    }

    @Test
    void anEmptyLogHasAMirrorToo() {
        Map<String, byte[]> empty = log(0);
        assertThat(fetch(empty)).isInstanceOf(FetchOutcome.Fetched.class);
        assertMirrors(empty);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256, 512, 899, 900})
    void aMirrorOfAnySizeGrows(int size) {
        fetch(log(size));
        assertThat(fetch(LARGE)).isInstanceOf(FetchOutcome.Fetched.class);
        assertMirrors(LARGE);
    }

    @Test
    void aFetchThatBreaksOffAnywhereGoesOnThere() {
        fetch(SMALL);
        server.serving(LARGE);
        for (int answered : new int[] {0, 1, 2, 3, 3, 3, 3, 3, 3}) {
            server.breakAfter(answered);
            assertThatThrownBy(this::fetch).isInstanceOf(SourceFault.class).hasMessageContaining("store-unavailable");
            assertThat(new FolderSource(folder).find(LogFile.CHECKPOINT)).hasValue(SMALL.get("checkpoint"));
        }
        server.breakAfter(Integer.MAX_VALUE);
        assertThat(fetch()).isInstanceOf(FetchOutcome.Fetched.class);
        assertThat(server.served().stream().filter(path -> path.startsWith("tile/")))
                .hasSize(7)
                .doesNotHaveDuplicates();
        assertMirrors(LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 290, 299})
    void aForkIsNotFollowedAndItsCheckpointIsKept(int forkedAt) {
        fetch(SMALL);
        Map<String, byte[]> fork = fork(forkedAt, 900);
        assertThat(fetch(fork))
                .isInstanceOfSatisfying(
                        FetchOutcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("forked"));
        Map<String, byte[]> evidence = new HashMap<>(SMALL);
        evidence.put("checkpoint.rejected", fork.get("checkpoint"));
        assertMirrors(evidence);
        assertThat(verify())
                .isInstanceOfSatisfying(
                        LogVerdict.Valid.class,
                        valid -> assertThat(valid.report().remarks())
                                .anySatisfy(remark -> assertThat(remark).contains("evidence")));
    }

    @Test
    void aForkOfTheSameSizeAndAShorterLogAreNotFollowed() {
        fetch(SMALL);
        assertThat(fetch(fork(299, 300))).isInstanceOf(FetchOutcome.Rejected.class);
        assertThat(fetch(log(299)))
                .isInstanceOfSatisfying(
                        FetchOutcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("rolled back"));
        assertThat(kept()).isEqualTo(300);
    }

    @Test
    void whatAnInterruptedFetchOfAForkLeftIsNotHeldAgainstTheLog() {
        fetch(SMALL);
        server.serving(fork(299, 900));
        server.breakAfter(5);
        assertThatThrownBy(this::fetch).isInstanceOf(SourceFault.class);
        assertThat(fetch(LARGE)).isInstanceOf(FetchOutcome.Fetched.class);
        assertMirrors(LARGE);
    }

    @Test
    void aServerWhoseTilesAreNotThoseOfItsLeavesIsRefused() {
        Map<String, byte[]> files = new HashMap<>(SMALL);
        files.put("tile/0/000", LARGE.get("tile/0/001"));
        assertThatThrownBy(() -> fetch(files)).isInstanceOf(InvalidLog.class).hasMessageStartingWith("tile/0/000: ");
        assertThat(SoftwareLog.read(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "cosigned", "tile/0/000", "tile/1/000.p/1", "tile/entries/001.p/44"})
    void anAnswerThatIsTooLongIsRefused(String path) {
        Map<String, byte[]> files = new HashMap<>(SMALL);
        files.put(path, new byte[3_000_000]);
        assertThatThrownBy(() -> fetch(files))
                .isInstanceOf(InvalidLog.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageContaining("found more");
        assertThat(SoftwareLog.read(folder)).isEmpty();
    }

    @Test
    void aMissingFileIsNamed() {
        Map<String, byte[]> files = new HashMap<>(SMALL);
        files.remove("tile/entries/000");
        assertThatThrownBy(() -> fetch(files))
                .isInstanceOf(InvalidLog.class)
                .hasMessage("tile/entries/000: expected this file, found none");
    }

    @Test
    void aCheckpointThatWitnessesCosignedOfAnotherLogIsRefused() {
        Map<String, byte[]> files = new HashMap<>(LARGE);
        files.put("cosigned", fork(5, 300).get("cosigned"));
        assertThat(fetch(files)).isInstanceOf(FetchOutcome.Rejected.class);
    }

    @Test
    void aDamagedMirrorIsNotBlamedOnTheServer() {
        fetch(SMALL);
        SoftwareLog.write(folder, "tile/1/000.p/1", new byte[32]);
        assertThatThrownBy(() -> fetch(LARGE)).isInstanceOf(InvalidLog.class).hasMessageContaining("mirror is damaged");
    }

    private FetchOutcome fetch(Map<String, byte[]> files) {
        server.serving(files);
        return fetch();
    }

    private FetchOutcome fetch() {
        try (var source = new HttpSource(server.url(), SSLContext.getDefault(), Duration.ofSeconds(5))) {
            return new Fetch(JUDGE, source, new Mirror(folder), (done, total) -> {}).run();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private LogVerdict verify() {
        return new LogVerifier(JUDGE, new FolderSource(folder), (done, total) -> {})
                .verify(Optional.empty(), Optional.empty());
    }

    private long kept() {
        var bytes = new FolderSource(folder).read(LogFile.CHECKPOINT);
        return Checkpoint.parse(CheckpointJudge.unjudged("checkpoint", bytes).text())
                .size();
    }

    private void assertMirrors(Map<String, byte[]> files) {
        assertThat(SoftwareLog.read(folder)).containsExactlyInAnyOrderEntriesOf(files);
    }

    private static Map<String, byte[]> log(int size) {
        return SoftwareLog.cosigned(ENTRIES.subList(0, size));
    }

    /** A log of the same keys with one other leaf. */
    private static Map<String, byte[]> fork(int at, int size) {
        List<byte[]> entries = new ArrayList<>(ENTRIES.subList(0, size));
        entries.set(at, new SoftwareLeaves(2).entry(at));
        return SoftwareLog.cosigned(entries);
    }
}
