package org.sealkeeper.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.TrustPolicy;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.mirror.FolderSource;
import org.sealkeeper.mirror.LeafProof;
import org.sealkeeper.mirror.LogVerdict;
import org.sealkeeper.mirror.LogVerifier;
import org.sealkeeper.testing.SoftwareLeaves;
import org.sealkeeper.testing.SoftwareLog;

/**
 * Prints how the verification of a log grows with the log, as Markdown. To be run with a small heap ({@code -Xmx256m}): it
 * shows that nothing is kept of what was read. Argument: a folder, which is filled and emptied again.
 */
final class LogGrowth {
    private static final int[] SIZES = {10_000, 100_000, 1_000_000};
    private static final int PROOFS = 2_000;

    private LogGrowth() {}

    /** One size's figures. */
    private record Row(int leaves, double seconds, long heapMiB) {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        List<Row> rows = new ArrayList<>();
        Path warmUp = write(folder.resolve("warm-up"), SIZES[0]);
        for (int i = 0; i < 5; i++) {
            verify(warmUp, SIZES[0]);
        }
        remove(warmUp);
        long[] proofs = {};
        for (int size : SIZES) {
            Path log = write(folder.resolve("log-" + size), size);
            rows.add(measured(log, size));
            if (size == SIZES[SIZES.length - 1]) {
                proofs = proofs(log, size);
            }
            remove(log);
        }
        print(table, rows, proofs);
    }

    private static Row measured(Path log, int size) {
        System.gc();
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        double seconds = verify(log, size);
        long peak = heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.err.printf("%,d leaves verified in %.2f s%n", size, seconds);
        return new Row(size, seconds, peak >> 20);
    }

    private static double verify(Path log, int size) {
        long start = System.nanoTime();
        var judge = new CheckpointJudge(TrustPolicy.ofLogKeys(SoftwareLog.VKEYS));
        LogVerdict verdict = new LogVerifier(judge, new FolderSource(log), (done, total) -> {})
                .verify(Optional.empty(), Optional.empty());
        if (!(verdict instanceof LogVerdict.Valid(var report)) || report.size() != size) {
            throw new IllegalStateException("expected a valid log, found " + verdict);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Nanoseconds to read a leaf, to make its proof of the mirror's tiles, and to check it. */
    private static long[] proofs(Path log, int size) throws IOException {
        var source = new FolderSource(log);
        Note checkpoint = Note.parse(Files.readAllBytes(log.resolve("checkpoint")));
        var random = new Random(1);
        long[] nanos = new long[PROOFS];
        for (int i = -PROOFS / 4; i < PROOFS; i++) {
            long start = System.nanoTime();
            LeafProof.of(source, checkpoint, random.nextInt(size));
            nanos[Math.max(i, 0)] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static Path write(Path folder, int size) {
        var leaves = new SoftwareLeaves(1);
        Iterable<byte[]> entries =
                () -> LongStream.range(0, size).mapToObj(leaves::entry).iterator();
        Checkpoint checkpoint = SoftwareLog.build(entries, (path, bytes) -> SoftwareLog.write(folder, path, bytes));
        SoftwareLog.write(folder, "checkpoint", SoftwareLog.sign(checkpoint).bytes());
        System.err.printf("%,d leaves written%n", size);
        return folder;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Stream<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    private static void print(PrintStream out, List<Row> rows, long[] proofs) {
        double unit = rows.getFirst().seconds();
        out.println("| leaves | verified in s | times the first row | leaves/s | peak heap MiB |");
        out.println("|---:|---:|---:|---:|---:|");
        for (Row row : rows) {
            out.printf(
                    "| %,d | %.2f | %.1f | %,.0f | %d |%n",
                    row.leaves(), row.seconds(), row.seconds() / unit, row.leaves() / row.seconds(), row.heapMiB());
        }
        out.println();
        out.printf("| proof of one of %,d leaves, from a folder | µs |%n|---|---:|%n", SIZES[SIZES.length - 1]);
        out.printf("| p50 | %,d |%n", proofs[proofs.length / 2] / 1_000);
        out.printf("| p99 | %,d |%n", proofs[proofs.length * 99 / 100] / 1_000);
    }
}
