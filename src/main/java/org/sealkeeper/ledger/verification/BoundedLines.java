package org.sealkeeper.ledger.verification;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.sealkeeper.verify.StrictUtf8;

/**
 * The lines of a stream that say something, one in memory at a time. The last may end with the stream instead of a line feed. A
 * byte order mark before them, and blank lines, are editors' and no line's: they are skipped.
 */
public final class BoundedLines {
    private final InputStream input;
    private final int maxBytes;
    private long number;

    public BoundedLines(InputStream input, int maxBytes) {
        this.input = new BufferedInputStream(input, 1 << 16);
        this.maxBytes = maxBytes;
    }

    /** A line is longer than allowed, or not UTF-8. */
    public static final class MalformedLine extends IOException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        private MalformedLine(long number, String reason) {
            super("line " + number + ": " + reason);
            this.reason = reason;
        }

        /** Without the line's number. */
        public String reason() {
            return reason;
        }
    }

    /** Of the line that was given last, counted from 1, blank ones too. */
    public long number() {
        return number;
    }

    /**
     * The next line without its line end; empty at the end of the stream.
     *
     * @throws MalformedLine if it is longer than allowed, or not UTF-8
     */
    public Optional<String> next() throws IOException {
        Optional<String> line = nextOfAll();
        while (line.isPresent() && line.get().isBlank()) {
            line = nextOfAll();
        }
        return line;
    }

    private Optional<String> nextOfAll() throws IOException {
        var line = new ByteArrayOutputStream();
        number++;
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                return line.size() == 0 ? Optional.empty() : Optional.of(text(line.toByteArray()));
            }
            if (line.size() == maxBytes) {
                throw new MalformedLine(number, "expected a line of at most " + maxBytes + " bytes");
            }
            line.write(next);
        }
        return Optional.of(text(line.toByteArray()));
    }

    private String text(byte[] line) throws MalformedLine {
        try {
            return StrictUtf8.decode(number == 1 ? StrictUtf8.withoutByteOrderMark(line) : line);
        } catch (IllegalArgumentException e) {
            throw new MalformedLine(number, String.valueOf(e.getMessage()));
        }
    }
}
