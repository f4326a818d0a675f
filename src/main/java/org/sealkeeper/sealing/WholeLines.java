package org.sealkeeper.sealing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lines of a file that was perhaps still being written when the process ended. */
final class WholeLines {
    private static final int BLOCK = 1 << 16;

    private WholeLines() {}

    /** Cuts off a last line that has no end.
     *
     * @return how many lines there are; 0 where there is no file */
    static long keep(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (var content = new RandomAccessFile(file.toFile(), "rw")) {
            long lines = 0;
            long end = 0;
            long position = 0;
            byte[] block = new byte[BLOCK];
            for (int read = content.read(block); read > 0; read = content.read(block)) {
                for (int i = 0; i < read; i++) {
                    if (block[i] == '\n') {
                        lines++;
                        end = position + i + 1;
                    }
                }
                position += read;
            }
            content.setLength(end);
            return lines;
        }
    }
}
