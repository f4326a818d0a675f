package org.sealkeeper.bench;

import io.vertx.core.http.HttpVersion;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Home;
import org.sealkeeper.verify.PublicKeyFile;

/**
 * Prints the benchmark table as Markdown. Arguments: an empty folder, the PKCS#11 module, seconds per row, and {@code quick} where the main
 * rows are enough.
 */
final class Bench {
    private static final int CHAINS = 1_000;
    private static final int WARM_UP_CHAINS = 64;
    private static final int[] THREADS = {1, 2, 4};
    private static final int[][] SHAPES = {{1, 1}, {1, 16}, {64, 1}, {64, 16}, {64, 64}, {64, 1_000}};
    private static final int BATCH = 250;
    /** The JVM compiles what it finds hot; a row measured before that would measure the compiler. */
    private static final int WARM_UP_SECONDS = 60;

    private static final int[] QUICK_THREADS = {2};
    private static final int[][] QUICK_SHAPES = {{1, 1}, {64, 64}};
    private static final int QUICK_WARM_UP_SECONDS = 20;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err); // the PKCS#11 wrapper talks on standard output
        Path folder = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        int seconds = Integer.parseInt(arguments[2]);
        boolean isQuick = arguments.length > 3 && arguments[3].equals("quick");
        Home home = Home.provision(folder);
        declareChains(home, CHAINS);
        List<Measured> rows = new ArrayList<>();
        Measured limit = raw(home, arguments[1], isQuick ? QUICK_THREADS : THREADS, seconds, rows);
        try (var appliance = ApplianceProcess.startForLoad(home)) {
            warmUp(home, appliance.pid(), isQuick ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS);
            singles(home, appliance.pid(), isQuick ? QUICK_SHAPES : SHAPES, seconds, rows);
            if (!isQuick) {
                http2(home, appliance.pid(), seconds, rows);
            }
            batches(home, appliance.pid(), seconds, rows);
        }
        print(table, rows, limit);
    }

    /** The true limit: no signature leaves unverified, so the token and the verification share the machine. */
    static Measured raw(Home home, String module, int[] manyThreads, int seconds, List<Measured> rows)
            throws Exception {
        String jwks = home.sealkeeper("keys", "export", "--format", "jwks")
                .succeeded()
                .out();
        String label = "lab-a-blocks-v1";
        String keyId = keyId(home);
        var key = PublicKeyFile.parse(jwks.getBytes(StandardCharsets.UTF_8)).keys().stream()
                .filter(candidate -> candidate.keyId().value().equals(keyId))
                .findFirst()
                .orElseThrow();
        var token = new RawToken(module, home.folder().resolve("pins/user.pin"), label, key);
        token.run(2, true, seconds / 2 + 1);
        for (int threads : manyThreads) {
            rows.add(progress(token.run(threads, false, seconds)));
        }
        List<Measured> verified = new ArrayList<>();
        for (int threads : manyThreads) {
            verified.add(progress(token.run(threads, true, seconds)));
        }
        rows.addAll(verified);
        return verified.stream()
                .max(Comparator.comparingDouble(Measured::perSecond))
                .orElseThrow();
    }

    private static String keyId(Home home) {
        return home.sealkeeper("keys", "list", "--json")
                .succeeded()
                .out()
                .lines()
                .map(Blocks::json)
                .filter(key -> key.get("alias").asText().equals("lab-a-blocks"))
                .map(key -> key.get("keyId").asText())
                .findFirst()
                .orElseThrow();
    }

    private static void warmUp(Home home, long pid, int seconds) throws Exception {
        try (var load = new Load(home, HttpVersion.HTTP_1_1, 64, WARM_UP_CHAINS, 1)) {
            Measured _ = progress(load.run("warm-up, not in the table", pid, seconds));
        }
    }

    private static void singles(Home home, long pid, int[][] shapes, int seconds, List<Measured> rows)
            throws Exception {
        for (int[] shape : shapes) {
            String what = "single blocks, HTTP/1.1, " + Measured.count(shape[0], "connection") + ", "
                    + Measured.count(shape[1], "chain");
            try (var load = new Load(home, HttpVersion.HTTP_1_1, shape[0], shape[1], 1)) {
                rows.add(progress(load.run(what, pid, seconds)));
            }
        }
    }

    private static void http2(Home home, long pid, int seconds, List<Measured> rows) throws Exception {
        try (var load = new Load(home, HttpVersion.HTTP_2, 1, 16, 1)) {
            rows.add(progress(load.run("single blocks, HTTP/2, 1 connection, 16 chains", pid, seconds)));
        }
    }

    private static void batches(Home home, long pid, int seconds, List<Measured> rows) throws Exception {
        for (String mode : List.of("individual", "merkle")) {
            String what = "batches of " + BATCH + " blocks, " + mode + ", 4 connections, 4 chains";
            try (var load = new Load(home, HttpVersion.HTTP_1_1, 4, 4, BATCH, mode)) {
                rows.add(progress(load.run(what, pid, seconds)));
            }
        }
    }

    static Measured progress(Measured row) {
        System.err.printf("%-70s %,10.0f/s%n", row.what(), row.perSecond());
        return row;
    }

    static void print(PrintStream out, List<Measured> rows, Measured limit) {
        out.println("| what | signed/s | ratio to the limit | p50 µs | p99 µs | CPU cores | CPU µs each | RSS MiB |");
        out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
        for (Measured row : rows) {
            out.printf(
                    "| %s%s | %,.0f | %.2f | %,d | %,d | %.2f | %,.0f | %d |%n",
                    row.what(),
                    row.equals(limit) ? " (**the limit**)" : "",
                    row.perSecond(),
                    row.perSecond() / limit.perSecond(),
                    row.p50Micros(),
                    row.p99Micros(),
                    row.cpuCores(),
                    row.cpuMicros(),
                    row.rssMiB());
        }
    }

    /** Declares the chains {@code bench-0} and up, on which node-a may sign. */
    static void declareChains(Home home, int count) {
        home.write("chains.yaml", chains(count));
        home.write("policy.yaml", """
                roles: {nodes: [{certificate: "urn:sealkeeper:node:node-a"}]}
                grants: [{name: nodes, roles: [nodes], operations: [sign-block, read-chain], chains: ["bench-*"]}]
                denials: []
                separationExceptions: []
                ...
                """);
    }

    private static String chains(int count) {
        var yaml = new StringBuilder("chains:\n");
        for (int i = 0; i < count; i++) {
            yaml.append("  - {name: bench-%d, signingKey: lab-a-blocks, hashLength: 32, sequence: contiguous,"
                            .formatted(i))
                    .append(" start: genesis}\n");
        }
        return yaml.toString();
    }
}
