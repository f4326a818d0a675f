package org.sealkeeper.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process has used so far, as Linux counts it. */
record ProcessUse(Duration cpu, long rssMiB) {

    static ProcessUse of(long pid) {
        Duration cpu =
                ProcessHandle.of(pid).flatMap(p -> p.info().totalCpuDuration()).orElse(Duration.ZERO);
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            long kib = lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
            return new ProcessUse(cpu, kib >> 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double coresSince(ProcessUse earlier, double seconds) {
        return cpu.minus(earlier.cpu).toNanos() / 1e9 / seconds;
    }
}
