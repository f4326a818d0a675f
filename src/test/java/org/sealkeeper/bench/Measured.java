package org.sealkeeper.bench;

import java.util.Arrays;

/**
 * One row's figures.
 *
 * @param perSecond operations done a second
 * @param p50Micros median latency in microseconds; 0 where not measured
 * @param p99Micros 99th percentile
 * @param cpuCores cores the measured process kept busy
 * @param rssMiB its resident memory afterwards
 */
record Measured(String what, double perSecond, long p50Micros, long p99Micros, double cpuCores, long rssMiB) {

    static Measured of(String what, long[] nanos, double seconds, double cpuCores, long rssMiB) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Measured(
                what, nanos.length / seconds, percentile(sorted, 0.50), percentile(sorted, 0.99), cpuCores, rssMiB);
    }

    /** Processor time of the measured process for each operation. */
    double cpuMicros() {
        return perSecond == 0 ? 0 : 1e6 * cpuCores / perSecond;
    }

    /** Of two that worked beside one another: the latencies are those of the slower one. */
    Measured beside(Measured other, String together) {
        return new Measured(
                together,
                perSecond + other.perSecond,
                Math.max(p50Micros, other.p50Micros),
                Math.max(p99Micros, other.p99Micros),
                cpuCores + other.cpuCores,
                rssMiB + other.rssMiB);
    }

    /** {@code 1 chain}, {@code 16 chains}. */
    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static long percentile(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1_000;
    }
}
