package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.EvidenceCases;
import org.sealkeeper.testing.EvidenceCases.Case;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.SoftwareLog;

/** The log of a running appliance, verified by Go's own golang.org/x/mod/sumdb packages: a client that is none of ours. */
class GoClientIT {
    private static final Path PROGRAM = Path.of("src/test/go/verify_log.go").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Where Debian installs Go and its packages of libraries. */
    private static final Path DEBIAN_GO = Path.of("/usr/lib/go-1.19/bin/go");

    private static final Path LIBRARIES = Path.of("/usr/share/gocode");

    @TempDir
    static Path folder;

    private static Path verifier;
    private static Path log;
    private static long size;

    private record Run(int exit, String output) {}

    @BeforeAll
    static void fetch() throws Exception {
        Optional<Path> go = go();
        boolean isThere = go.isPresent() && Files.isDirectory(LIBRARIES.resolve("src/golang.org/x/mod/sumdb/tlog"));
        String reason = "skipped: expected Go and golang.org/x/mod in " + LIBRARIES
                + ", found none; install golang-go and golang-golang-x-mod-dev";
        if (!isThere) {
            System.out.println(reason);
        }
        assumeTrue(isThere, reason);
        verifier = build(go.orElseThrow());
        log = Files.createDirectory(folder.resolve("log"));
        Home home = Home.provision(Files.createDirectory(folder.resolve("home")));
        try (var appliance = ApplianceProcess.start(home);
                var nodeB = Caller.of(home, "node-b");
                var auditor = Caller.of(home, "auditor")) {
            sign(nodeB);
            FetchedLog fetched = FetchedLog.having(auditor, PATIENCE, leaves -> leaves.size() > 300);
            fetched.writeTo(log, NoteAlgorithm.ED25519);
            size = fetched.checkpoint().size();
            assertThat(appliance.output()).doesNotContain("ERROR");
        }
    }

    private static Optional<Path> go() {
        Stream<Path> path =
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(entry -> Path.of(entry, "go"));
        return Stream.concat(path, Stream.of(DEBIAN_GO))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path build(Path go) throws IOException, InterruptedException {
        Path binary = folder.resolve("verify_log");
        Run run = run(List.of(go.toString(), "build", "-o", binary.toString(), PROGRAM.toString()));
        assertThat(run.exit()).as(run.output()).isZero();
        return binary;
    }

    /** 150 blocks leave 300 leaves: a full tile, another one, and one above. */
    private static void sign(Caller nodeB) {
        String blocks = IntStream.range(0, 150)
                .mapToObj(height -> Blocks.request("b", height).replace("{", "{\"chain\":\"lab-b\","))
                .collect(Collectors.joining(","));
        assertThat(nodeB.post("/v1/blocks/batch", "{\"blocks\":[" + blocks + "]}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void everyLeafAndEverySizeOfTheLogIsVerified() throws Exception {
        assertThat(verify()).isEqualTo(new Run(0, size + "\n"));
    }

    /** What it can read of one: the leaves with their proofs, and the log's Ed25519 signature. */
    @Test
    void theLeavesOfABundleOfEvidenceAreVerifiedAndThoseOfAForgedOneAreNot() throws Exception {
        Path bundle = folder.resolve("bundle.json");
        for (Case good : EvidenceCases.good().toList()) {
            Files.writeString(bundle, good.bundle());
            assertThat(verify(bundle).exit()).as(good.name()).isZero();
        }
        for (Case forged : EvidenceCases.ofLog().toList()) {
            Files.writeString(bundle, forged.bundle());
            Run run = verify(bundle);
            assertThat(run.exit()).as(forged.name() + ": " + run.output()).isEqualTo(1);
        }
    }

    private static Run verify(Path bundle) throws IOException, InterruptedException {
        return run(List.of(
                verifier.toString(),
                bundle.toString(),
                SoftwareLog.ED25519.verifier().toString()));
    }

    @Test
    void anyChangedByteIsFound() throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.walk(log)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSize(2 + 5);
        for (Path file : files) {
            byte[] good = Files.readAllBytes(file);
            for (int at : places(file, good)) {
                byte[] changed = good.clone();
                changed[at] ^= 1;
                Files.write(file, changed);
                assertThat(verify().exit()).as("%s, byte %d", file, at).isEqualTo(1);
            }
            Files.write(file, good);
        }
        assertThat(verify().exit()).isZero();
    }

    /** Of the checkpoint in its text and in its Ed25519 line: note does not look at lines of keys it is not given. */
    private static List<Integer> places(Path file, byte[] content) throws IOException {
        List<Integer> places = new ArrayList<>(List.of(0, content.length / 2, content.length - 2));
        if (file.endsWith("checkpoint")) {
            String note = Files.readString(file, ISO_8859_1);
            String name = note.substring(0, note.indexOf('\n'));
            int gap = note.lastIndexOf("\n\n");
            places = List.of(0, name.length() + 1, gap - 5, line(note, name) + 20);
        }
        return places;
    }

    /** Where the base64 of the Ed25519 line begins: the shorter one of the two. */
    private static int line(String note, String name) {
        String line = note.lines()
                .filter(text -> text.contains(" " + name + " "))
                .min(Comparator.comparingInt(String::length))
                .orElseThrow();
        return note.indexOf(line) + line.lastIndexOf(' ') + 1;
    }

    private static Run verify() throws IOException, InterruptedException {
        return run(List.of(verifier.toString(), log.toString()));
    }

    /** GOPATH mode: the libraries are the system's, and nothing is fetched. */
    private static Run run(List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("GO111MODULE", "off");
        builder.environment().put("GOPATH", LIBRARIES.toString());
        builder.environment().put("GOFLAGS", "");
        builder.environment().put("GOCACHE", folder.resolve("go-cache").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output);
    }
}
