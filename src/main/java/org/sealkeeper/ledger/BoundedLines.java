package org.sealkeeper.ledger;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.sealkeeper.verify.StrictUtf8;

/** The lines of a stream, one in memory at a time; the last may end with the stream instead of a line feed. */
final class BoundedLines {
    private final InputStream input;
    private final int maxBytes;

    BoundedLines(InputStream input, int maxBytes) {
        this.input = new BufferedInputStream(input, 1 << 16);
        this.maxBytes = maxBytes;
    }

    /**
     * The next line without its line feed; empty at the end of the stream.
     *
     * @throws IllegalArgumentException if it is longer than allowed, or not UTF-8
     */
    Optional<String> next() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                return line.size() == 0 ? Optional.empty() : Optional.of(StrictUtf8.decode(line.toByteArray()));
            }
            if (line.size() == maxBytes) {
                throw new IllegalArgumentException("expected a line of at most " + maxBytes + " bytes");
            }
            line.write(next);
        }
        return Optional.of(StrictUtf8.decode(line.toByteArray()));
    }
}
