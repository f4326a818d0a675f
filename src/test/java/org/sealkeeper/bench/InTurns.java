package org.sealkeeper.bench;

import io.vertx.core.http.HttpVersion;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Home;

/**
 * Appliances that are up and warm and take turns, so that what the machine does beside them hits all; the ratio of each to the first is the
 * median of those of the turns. Prints a table as Markdown.
 */
final class InTurns {
    static final int CHAINS = 64;
    private static final int WARM_UP_SECONDS = 40;
    private static final int TURNS = 7;

    private InTurns() {}

    /** What takes a turn. */
    interface Candidate extends AutoCloseable {
        String what();

        Measured measure(int seconds) throws Exception;

        default void warmUp() throws Exception {
            var _ = measure(WARM_UP_SECONDS);
        }

        @Override
        void close();
    }

    /** An appliance under the load of 64 connections, on so many chains. */
    record Loaded(String what, Home home, ApplianceProcess appliance, int chains) implements Candidate {
        private static final int CONNECTIONS = 64;

        static Loaded start(String what, Home home) throws Exception {
            return start(what, home, CHAINS);
        }

        static Loaded start(String what, Home home, int chains) throws Exception {
            var loaded = new Loaded(what, home, ApplianceProcess.startForLoad(home), chains);
            loaded.warmUp();
            return loaded;
        }

        @Override
        public Measured measure(int seconds) throws Exception {
            try (var load = new Load(home, HttpVersion.HTTP_1_1, CONNECTIONS, chains, 1)) {
                return Bench.progress(load.run(what, appliance.pid(), seconds));
            }
        }

        @Override
        public void close() {
            appliance.close();
        }
    }

    /** @param column what distinguishes them */
    static void compare(PrintStream table, String column, List<? extends Candidate> candidates, int seconds)
            throws Exception {
        print(table, column, measure(candidates, seconds));
    }

    /** What each measured in its turns. */
    static List<List<Measured>> measure(List<? extends Candidate> candidates, int seconds) throws Exception {
        List<List<Measured>> measured =
                candidates.stream().<List<Measured>>map(_ -> new ArrayList<>()).toList();
        for (int turn = 0; turn < TURNS; turn++) {
            for (int i = 0; i < candidates.size(); i++) {
                measured.get(i).add(candidates.get(i).measure(seconds));
            }
        }
        return measured;
    }

    /** The ratios are to the first. */
    static void print(PrintStream table, String column, List<List<Measured>> measured) {
        table.printf(
                "| %s | signed/s | ratio | p50 µs | p99 µs | CPU cores | CPU µs each | ratio | RSS MiB |%n", column);
        table.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (List<Measured> turns : measured) {
            print(table, turns, measured.getFirst());
        }
        table.println();
    }

    private static void print(PrintStream table, List<Measured> turns, List<Measured> usual) {
        Measured row = median(turns);
        table.printf(
                "| %s | %,.0f | %.2f | %,d | %,d | %.2f | %,.0f | %.2f | %d |%n",
                row.what(),
                row.perSecond(),
                ratio(turns, usual, Measured::perSecond),
                row.p50Micros(),
                row.p99Micros(),
                row.cpuCores(),
                row.cpuMicros(),
                ratio(turns, usual, Measured::cpuMicros),
                row.rssMiB());
    }

    private static Measured median(List<Measured> turns) {
        return turns.stream()
                .sorted(Comparator.comparingDouble(Measured::perSecond))
                .toList()
                .get(turns.size() / 2);
    }

    private static double ratio(List<Measured> turns, List<Measured> usual, ToDoubleFunction<Measured> figure) {
        return IntStream.range(0, turns.size())
                .mapToDouble(turn -> figure.applyAsDouble(turns.get(turn)) / figure.applyAsDouble(usual.get(turn)))
                .sorted()
                .toArray()[turns.size() / 2];
    }
}
