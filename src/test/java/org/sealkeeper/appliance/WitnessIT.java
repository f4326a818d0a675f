package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.merkle.AddCheckpoint;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.KeyName;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.testing.Blocks;

/** Two appliances that witness each other, and the logs of peers that tell the truth or do not. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WitnessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Counted events become leaves after ten seconds. */
    private static final Duration COUNT_PATIENCE = Duration.ofSeconds(60);

    /** Each test has a log of its own. */
    private static final SoftwareLog TABLE =
            SoftwareLog.named("lab-t.example/table").grownTo(300, "honest");

    private static final SoftwareLog FORKED =
            SoftwareLog.named("lab-f.example/forked").grownTo(300, "honest");
    private static final SoftwareLog RACED =
            SoftwareLog.named("lab-r.example/raced").grownTo(300, "honest");

    @TempDir
    static Path folder;

    private static Lab a;
    private static Lab b;

    @BeforeAll
    static void start() throws IOException {
        a = new Lab(folder, "lab-a");
        b = Lab.ofItsOwnKeys(folder, "lab-b");
        shareAuthority();
        a.addWitnessKey();
        b.addWitnessKey();
        a.configure(b, b.logKeys());
        List<VerifierKey> peers = Stream.concat(
                        a.logKeys().stream(), Stream.of(TABLE, FORKED, RACED).map(SoftwareLog::verifier))
                .toList();
        b.configure(a, peers);
        // Neither signs before the other has cosigned.
        var started = CompletableFuture.runAsync(a::start);
        b.start();
        started.join();
    }

    private static void shareAuthority() throws IOException {
        try (Stream<Path> files = Files.list(a.home.folder().resolve("pki"))) {
            for (Path file : files.toList()) {
                Path copy = b.home.folder().resolve("pki").resolve(file.getFileName());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @AfterAll
    static void stop() {
        b.stop();
    }

    @Test
    @Order(1)
    void eachCosignsWhatTheOtherDid() {
        assertThat(a.anyone.get("/v1/audit/vkey").body().lines().map(VerifierKey::parse))
                .containsExactlyInAnyOrderElementsOf(a.logKeys());
        assertThat(b.anyone.get("/v1/witness/vkey").body().strip())
                .isEqualTo(b.witnessKey().toString());

        Note byB = a.cosigned(a.sign(0));
        Note byA = b.cosigned(b.sign(0));

        assertCosigned(byB, a, b);
        assertCosigned(byA, b, a);
        Note seen = Note.parse(b.anyone
                .get("/v1/witness/" + new Origin(a.origin).sha256() + "/checkpoint")
                .body()
                .getBytes(UTF_8));
        assertThat(Checkpoint.parse(seen.text()).size())
                .isGreaterThanOrEqualTo(Checkpoint.parse(byB.text()).size());
        assertThat(a.logKeys()).allMatch(seen::isSignedBy);
        assertThat(seen.isSignedBy(b.witnessKey())).isTrue();
    }

    private static void assertCosigned(Note note, Lab log, Lab witness) {
        assertThat(log.logKeys()).allMatch(note::isSignedBy);
        assertThat(note.isSignedBy(witness.witnessKey())).isTrue();
        assertThat(note.signatures()).hasSize(3);
    }

    /** A cosignature is a leaf, which is in a checkpoint, which asks for a cosignature: that must not go on for ever. */
    @Test
    @Order(2)
    void twoThatWitnessEachOtherComeToRest() {
        a.cosigned(a.sign(1));
        FetchedLog.pause(2_500);
        long before = FetchedLog.by(a.auditor).checkpoint().size();

        FetchedLog.pause(3_000);

        // What reading the log leaves is counted, and may fall into this time.
        assertThat(FetchedLog.by(a.auditor).checkpoint().size() - before).isLessThanOrEqualTo(1);
    }

    @Test
    void aWitnessAnswersAsTheProtocolSays() {
        String origin = TABLE.verifier().name().value();
        var strange = SoftwareLog.named("lab-x.example/strange").grownTo(10, "honest");
        var pretender = SoftwareLog.named(origin).grownTo(300, "honest");

        assertThat(b.add(strange.request(0, 10)).statusCode()).isEqualTo(404);
        assertThat(b.add(pretender.request(0, 10)).statusCode()).isEqualTo(403);
        assertThat(b.add(TABLE.request(20, 10)).statusCode()).isEqualTo(400);
        for (String garbage : List.of("", "old 0\n\n", "old 00\n\nx\n", "old 0\n\n" + origin + "\n1\nx\n\nx\n")) {
            assertThat(b.add(garbage.getBytes(UTF_8)).statusCode()).as(garbage).isEqualTo(400);
        }
        assertSize(b.add(TABLE.request(5, 10)), 0);
        Note checkpoint = TABLE.checkpoint(10);
        assertThat(b.add(new AddCheckpoint(0, TABLE.proof(5, 10), checkpoint)).statusCode())
                .isEqualTo(422);

        Instant asked = Instant.now();
        assertCosignature(b.add(TABLE.request(0, 10)), checkpoint, asked);
        assertSize(b.add(TABLE.request(0, 10)), 10);
        assertSize(b.add(TABLE.request(4, 12)), 10);
        assertCosignature(b.add(TABLE.request(10, 10)), checkpoint, asked);
        assertThat(b.add(new AddCheckpoint(10, TABLE.proof(9, 20), TABLE.checkpoint(20)))
                        .statusCode())
                .isEqualTo(422);
        assertThat(b.add(new AddCheckpoint(10, List.of(), TABLE.checkpoint(20))).statusCode())
                .isEqualTo(422);
        assertCosignature(b.add(TABLE.request(10, 20)), TABLE.checkpoint(20), asked);
        Note foreignLines =
                TABLE.checkpoint(30).with(strange.checkpoint(10).signatures().getFirst());
        assertThat(b.add(new AddCheckpoint(20, TABLE.proof(20, 30), foreignLines))
                        .statusCode())
                .isEqualTo(200);
        assertThat(b.anyone.get("/v1/witness/" + "0".repeat(64) + "/checkpoint").statusCode())
                .isEqualTo(404);
        assertLinesOfOthersAreNoMatter();

        FetchedLog log = FetchedLog.having(
                        b.auditor, COUNT_PATIENCE, leaves -> leaves.stream().anyMatch(WitnessIT::isCountOfTheLast))
                .verified();
        assertThat(b.count(log, TABLE, "done")).isEqualTo(5);
        assertThat(b.count(log, TABLE, "refusedinconsistent-checkpoint")).isEqualTo(3);
    }

    /** Sixteen of nearly 5 kB each, and one with a very long name. */
    private static void assertLinesOfOthersAreNoMatter() {
        Note crowded = TABLE.checkpoint(30).with(NoteSignature.of(new KeyName("x".repeat(5_000)), 7, new byte[64]));
        for (int line = 0; line < 16; line++) {
            crowded = crowded.with(NoteSignature.of(new KeyName("other.example/" + line), line, new byte[4_627]));
        }
        assertThat(b.add(new AddCheckpoint(30, List.of(), crowded)).statusCode())
                .isEqualTo(200);
        Note seen = Note.parse(b.anyone
                .get("/v1/witness/" + TABLE.verifier().name().origin().sha256() + "/checkpoint")
                .body()
                .getBytes(UTF_8));
        assertThat(seen.text()).isEqualTo(crowded.text());
        assertThat(seen.signatures()).hasSize(2);
        assertThat(seen.isSignedBy(TABLE.verifier()) && seen.isSignedBy(b.witnessKey()))
                .isTrue();
    }

    /** Counts are written in the order in which each kind began: with the one of the last request, all are there. */
    private static boolean isCountOfTheLast(JsonNode leaf) {
        return leaf.has("count")
                && leaf.get("outcome").asText().equals("done")
                && leaf.path("log").asText().equals(TABLE.verifier().name().value())
                && leaf.path("logSize").asLong() == 30;
    }

    private static void assertSize(HttpResponse<String> answer, long size) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("text/x.tlog.size");
        assertThat(answer.body()).isEqualTo(size + "\n");
    }

    private static void assertCosignature(HttpResponse<String> answer, Note checkpoint, Instant asked) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        NoteSignature line = Note.signatures(answer.body()).getFirst();
        assertThat(answer.body()).isEqualTo(line.line() + "\n");
        assertThat(b.witnessKey().isMeantBy(line)).isTrue();
        assertThat(b.witnessKey().verifies(checkpoint.text(), line)).isTrue();
        long time = ByteBuffer.wrap(line.signature()).getLong();
        assertThat(Instant.ofEpochSecond(time)).isBetween(asked.minusSeconds(2), Instant.now());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/witness/../audit/entries, 401",
        "/v1/witness/%2e%2e/audit/entries, 401",
        "/v1/witness/x/../../chains, 401",
        "/v1/witness/..%2faudit/entries, 404",
        "/v1/witness/, 404",
        "/v1/witness, 401",
    })
    void theWitnesssOpenDoorLeadsNowhereElse(String path, int status) {
        assertThat(b.anyone.get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void aForkIsNeverCosignedNotEvenAfterARestart() {
        assertThat(b.add(FORKED.request(0, 100)).statusCode()).isEqualTo(200);
        var fork = FORKED.fork(50).grownTo(300, "forged");

        assertForkIsRefused(fork);
        b.stop();
        b.start();
        assertForkIsRefused(fork);

        assertThat(b.add(FORKED.request(100, 200)).statusCode()).isEqualTo(200);
        FetchedLog log = FetchedLog.having(
                b.auditor,
                PATIENCE,
                leaves -> leaves.stream()
                        .anyMatch(leaf -> leaf.path("logSize").asLong() == 200
                                && leaf.get("outcome").asText().equals("done")));
        assertThat(b.count(log, FORKED, "refusedconflicting-checkpoint")).isEqualTo(2);
    }

    private static void assertForkIsRefused(SoftwareLog fork) {
        var sameSize = b.add(fork.request(100, 100));
        assertThat(sameSize.statusCode()).isEqualTo(422);
        assertThat(sameSize.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Blocks.json(sameSize).get("type").asText()).endsWith(":conflicting-checkpoint");
        assertThat(b.add(fork.request(100, 200)).statusCode()).isEqualTo(422);
        assertSize(b.add(fork.request(50, 200)), 100);
        assertSize(b.add(fork.request(0, 300)), 100);
    }

    @Test
    void ofRacingRequestsNoneTakesTheSizeBack() {
        List<CompletableFuture<Integer>> racing = IntStream.rangeClosed(1, 40)
                .mapToObj(size -> CompletableFuture.supplyAsync(
                        () -> b.add(RACED.request(0, size * 7)).statusCode()))
                .toList();
        List<Integer> statuses = racing.stream().map(CompletableFuture::join).toList();

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        int won = 7 * (statuses.indexOf(200) + 1);
        assertSize(b.add(RACED.request(0, 300)), won);
        assertThat(b.add(RACED.request(won, 300)).statusCode()).isEqualTo(200);
        assertSize(b.add(RACED.request(won, 300)), 300);
    }

    @Test
    @Order(Integer.MAX_VALUE - 2)
    void aWitnessThatIsDownDelaysNothingAndCatchesUp() {
        b.stop();
        int index = 0;
        for (int height = 2; height < 12; height++) {
            index = a.sign(height);
        }
        int last = index;
        FetchedLog.having(a.auditor, PATIENCE, leaves -> leaves.size() > last);

        b.start();

        assertCosigned(a.cosigned(last), a, b);
    }

    /** Neither the store nor the token can tell. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void storeAndTokenTurnedBackTogetherSignNothing() throws IOException {
        int height = a.next();
        a.stop();
        Snapshot older = Snapshot.of(a.home, folder.resolve("older"));
        a.start();
        a.cosigned(a.sign(height));
        a.stop();
        Snapshot newest = Snapshot.of(a.home, folder.resolve("newest"));

        older.restore();
        a.startUnready();
        a.assertRefused(height, "witness-contradicts");
        a.kill();

        newest.restore();
        a.start();
        a.sign(height + 1);
    }

    /** Two tokens with the same keys: each appliance owns its own, and no lease keeps them apart. */
    @Test
    @Order(Integer.MAX_VALUE)
    void ofAnApplianceAndItsCloneWithTheTokenTheWitnessLetsOneGoOn() {
        int height = a.next();
        a.stop();
        Lab clone = a.cloneTo(folder.resolve("clone"));
        clone.start();
        clone.cosigned(clone.sign(height));

        a.startUnready();
        a.assertRefused(height, "witness-contradicts");
        a.kill();
        clone.sign(height + 1);
        clone.stop();
    }
}
