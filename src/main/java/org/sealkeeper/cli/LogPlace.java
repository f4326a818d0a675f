package org.sealkeeper.cli;

import java.nio.file.Path;

/** Where a log is read. */
sealed interface LogPlace {
    /** Below the URL of a server. */
    record Server(LogUrl url) implements LogPlace {}

    /** In the folder of a mirror. */
    record Folder(Path path) implements LogPlace {}

    /**
     * Reads the one or the other.
     *
     * @throws IllegalArgumentException if it is a URL of another scheme, or names nothing
     */
    static LogPlace parse(String text) {
        return WebAddress.isMeantBy(text) ? new Server(LogUrl.parse(text)) : new Folder(FilePath.parse(text));
    }
}
