package org.sealkeeper.cli.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads paths of the command line. */
public final class FilePath {
    private FilePath() {}

    /**
     * Reads the name of a file.
     *
     * @throws IllegalArgumentException if no file can have that name
     */
    public static Path parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected a path, found an empty text");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a path: " + e.getReason(), e);
        }
    }
}
