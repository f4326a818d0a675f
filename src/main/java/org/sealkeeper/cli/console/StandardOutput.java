package org.sealkeeper.cli.console;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Standard output that says when it cannot be written, where a {@link PrintWriter} alone would keep silent: a command ends at
 * once. After that it swallows everything.
 */
public final class StandardOutput extends OutputStream {
    private final OutputStream out;
    private boolean isBroken;

    private StandardOutput(OutputStream out) {
        this.out = out;
    }

    /** Writes UTF-8, whatever the locale; every line is written as it ends. Its methods throw {@link UnwritableOutput}. */
    public static PrintWriter writer(OutputStream out) {
        return new PrintWriter(
                new BufferedWriter(new OutputStreamWriter(new StandardOutput(out), StandardCharsets.UTF_8)), true);
    }

    @Override
    public void write(int one) {
        attempt(() -> out.write(one));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        attempt(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() {
        attempt(out::flush);
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private void attempt(Writing writing) {
        if (isBroken) {
            return;
        }
        try {
            writing.run();
        } catch (IOException e) {
            isBroken = true;
            throw new UnwritableOutput(e);
        }
    }
}
