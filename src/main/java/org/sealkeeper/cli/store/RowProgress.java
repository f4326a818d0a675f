package org.sealkeeper.cli.store;

import java.io.PrintWriter;
import java.util.function.LongSupplier;
import org.sealkeeper.store.move.MoveProgress;

/** Says every two seconds how far a move came. */
final class RowProgress implements MoveProgress {
    private static final long INTERVAL_NANOS = 2_000_000_000L;

    private final PrintWriter progress;
    private final LongSupplier nanoTime;
    private long nextReport;

    RowProgress(PrintWriter progress, LongSupplier nanoTime) {
        this.progress = progress;
        this.nanoTime = nanoTime;
        this.nextReport = nanoTime.getAsLong() + INTERVAL_NANOS;
    }

    @Override
    public void at(String what, long done, long total) {
        long now = nanoTime.getAsLong();
        if (now - nextReport >= 0) {
            progress.println("… " + done + " of " + total + " " + what);
            nextReport = now + INTERVAL_NANOS;
        }
    }
}
