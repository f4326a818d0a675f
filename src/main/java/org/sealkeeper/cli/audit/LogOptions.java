package org.sealkeeper.cli.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.sealkeeper.cli.connection.LogUrl;
import org.sealkeeper.cli.connection.ServerOptions;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.mirror.FolderSource;
import org.sealkeeper.mirror.LogSource;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which log a command reads: a mirror, or the server's own. */
final class LogOptions {
    @Parameters(index = "0", paramLabel = "FOLDER|URL", description = "The folder of a mirror, or the URL of a log.")
    LogPlace log;

    @Mixin
    ServerOptions server;

    /** The folder; empty where it is a URL. */
    Optional<Path> folder() {
        return log instanceof LogPlace.Folder(Path path) ? Optional.of(path) : Optional.empty();
    }

    /** Opens it; the caller closes it. */
    LogSource open(Set<Path> own) {
        return switch (log) {
            case LogPlace.Server(LogUrl url) -> server.open(url);
            case LogPlace.Folder(Path path) -> {
                if (!Files.isDirectory(path)) {
                    throw new ConfigurationFault(path + ": expected the folder of a mirror here, found none");
                }
                yield new FolderSource(path, own);
            }
        };
    }

    /** As the user named it. */
    String name() {
        return switch (log) {
            case LogPlace.Server(LogUrl url) -> url.uri().toString();
            case LogPlace.Folder(Path path) -> path.toString();
        };
    }
}
