package org.sealkeeper.cli.console;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** A stream that says every two seconds how much of it has been read, so that a long run is not taken for a hung one. */
public final class ProgressStream extends FilterInputStream {
    private static final long INTERVAL_NANOS = 2_000_000_000L;

    private final PrintWriter progress;
    private final LongSupplier nanoTime;
    private long nextReport;
    private long bytes;

    public ProgressStream(InputStream input, PrintWriter progress, LongSupplier nanoTime) {
        super(input);
        this.progress = progress;
        this.nanoTime = nanoTime;
        this.nextReport = nanoTime.getAsLong() + INTERVAL_NANOS;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        report(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        report(Math.max(read, 0));
        return read;
    }

    private void report(int read) {
        bytes += read;
        long now = nanoTime.getAsLong();
        if (now - nextReport >= 0) {
            progress.println("… " + (bytes >> 10) + " KiB read");
            nextReport = now + INTERVAL_NANOS;
        }
    }
}
