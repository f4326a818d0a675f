package org.sealkeeper.cli.console;

import java.io.PrintWriter;
import java.util.function.LongSupplier;
import org.sealkeeper.mirror.Progress;

/** Says every two seconds how many leaves are done. */
public final class LeafProgress implements Progress {
    private static final long INTERVAL_NANOS = 2_000_000_000L;

    private final PrintWriter progress;
    private final LongSupplier nanoTime;
    private long nextReport;

    public LeafProgress(PrintWriter progress, LongSupplier nanoTime) {
        this.progress = progress;
        this.nanoTime = nanoTime;
        this.nextReport = nanoTime.getAsLong() + INTERVAL_NANOS;
    }

    @Override
    public void at(long done, long total) {
        long now = nanoTime.getAsLong();
        if (now - nextReport >= 0) {
            progress.println("… " + done + " of " + total + " leaves");
            nextReport = now + INTERVAL_NANOS;
        }
    }
}
