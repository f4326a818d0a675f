package org.sealkeeper.bench;

import io.vertx.core.http.HttpVersion;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Home;

/**
 * Two appliances that are up and warm and take turns, so that what the machine does beside them hits both; the ratio is the median of those
 * of the turns. Prints a table as Markdown.
 */
final class InTurns {
    static final int CHAINS = 64;
    private static final int WARM_UP_SECONDS = 40;
    private static final int TURNS = 9;

    private InTurns() {}

    /** An appliance that signs on so many chains. */
    record Candidate(String what, Home home, ApplianceProcess appliance) implements AutoCloseable {
        static Candidate start(String what, Home home) throws Exception {
            var candidate = new Candidate(what, home, ApplianceProcess.startForLoad(home));
            var _ = candidate.measure(WARM_UP_SECONDS);
            return candidate;
        }

        private Measured measure(int seconds) throws Exception {
            try (var load = new Load(home, HttpVersion.HTTP_1_1, CHAINS, CHAINS, 1)) {
                return Bench.progress(load.run(what, appliance.pid(), seconds));
            }
        }

        @Override
        public void close() {
            appliance.close();
        }
    }

    /** @param column what distinguishes the two */
    static void compare(PrintStream table, String column, Candidate usual, Candidate other, int seconds)
            throws Exception {
        List<Measured> usually = new ArrayList<>();
        List<Measured> otherwise = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            usually.add(usual.measure(seconds));
            otherwise.add(other.measure(seconds));
        }
        double ratio = IntStream.range(0, TURNS)
                .mapToDouble(turn ->
                        otherwise.get(turn).perSecond() / usually.get(turn).perSecond())
                .sorted()
                .toArray()[TURNS / 2];
        table.printf("| %s | signed/s | ratio | p50 µs | p99 µs | CPU cores | RSS MiB |%n", column);
        table.println("|---|---:|---:|---:|---:|---:|---:|");
        print(table, usual, median(usually), 1);
        print(table, other, median(otherwise), ratio);
    }

    private static Measured median(List<Measured> turns) {
        return turns.stream()
                .sorted(Comparator.comparingDouble(Measured::perSecond))
                .toList()
                .get(turns.size() / 2);
    }

    private static void print(PrintStream table, Candidate candidate, Measured row, double ratio) {
        table.printf(
                "| %s | %,.0f | %.2f | %,d | %,d | %.2f | %d |%n",
                candidate.what(),
                row.perSecond(),
                ratio,
                row.p50Micros(),
                row.p99Micros(),
                row.cpuCores(),
                row.rssMiB());
    }
}
