package org.sealkeeper.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TestLog;

/** Prints how long the appliance takes to make a proof in a log of a million leaves, as Markdown. Argument: an empty folder. */
final class StoreProofs {
    private static final int LEAVES = 1_000_000;
    private static final int AT_ONCE = 10_000;
    private static final int PROOFS = 5_000;

    private StoreProofs() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err); // the PKCS#11 wrapper talks on standard output
        SoftHsmToken.prepare();
        TestLog appliance =
                TestLog.in(Files.createDirectories(Path.of(arguments[0])).toAbsolutePath());
        try (Store store = appliance.openStore()) {
            for (int number = 0; number < LEAVES; number += AT_ONCE) {
                append(store, number);
            }
            long start = System.nanoTime();
            try (AuditLog log = appliance.open(store)) {
                System.err.printf("first checkpoint over it all: %.1f s%n", (System.nanoTime() - start) / 1e9);
                print(table, proofs(log.published().orElseThrow()));
            }
        }
        appliance.close();
    }

    private static void append(Store store, int from) {
        store.write(rows -> {
                    for (int number = from; number < from + AT_ONCE; number++) {
                        new Leaves(rows).append(TestLog.leaf(number));
                    }
                    return from;
                })
                .toCompletableFuture()
                .join();
    }

    private static long[] proofs(PublishedLog log) {
        var random = new Random(1);
        long[] nanos = new long[PROOFS];
        for (int i = -PROOFS / 4; i < PROOFS; i++) {
            long index = random.nextLong(log.checkpoint().size());
            long start = System.nanoTime();
            if (log.proof(index).isEmpty()) {
                throw new IllegalStateException("expected a proof of leaf " + index);
            }
            nanos[Math.max(i, 0)] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static void print(PrintStream out, long[] nanos) {
        out.printf("| proof of one of %,d leaves, from the store | µs |%n|---|---:|%n", LEAVES);
        out.printf("| p50 | %,d |%n", nanos[nanos.length / 2] / 1_000);
        out.printf("| p99 | %,d |%n", nanos[nanos.length * 99 / 100] / 1_000);
    }
}
