package org.sealkeeper.cli.audit;

import java.nio.file.Path;
import org.sealkeeper.cli.connection.LogUrl;
import org.sealkeeper.cli.console.FilePath;
import org.sealkeeper.cli.console.WebAddress;

/** Where a log is read. */
public sealed interface LogPlace {
    /** Below the URL of a server. */
    record Server(LogUrl url) implements LogPlace {}

    /** In the folder of a mirror. */
    record Folder(Path path) implements LogPlace {}

    /**
     * Reads the one or the other.
     *
     * @throws IllegalArgumentException if it is a URL of another scheme, or names nothing
     */
    public static LogPlace parse(String text) {
        return WebAddress.isMeantBy(text) ? new Server(LogUrl.parse(text)) : new Folder(FilePath.parse(text));
    }
}
