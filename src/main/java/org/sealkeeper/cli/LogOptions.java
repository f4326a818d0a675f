package org.sealkeeper.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.mirror.FolderSource;
import org.sealkeeper.mirror.LogSource;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which log a command reads: a mirror, or the server's own. */
final class LogOptions {
    @Parameters(index = "0", paramLabel = "FOLDER|URL", description = "The folder of a mirror, or the URL of a log.")
    String log = "";

    @Mixin
    ServerOptions server = new ServerOptions();

    /** The folder; empty where it is a URL. */
    Optional<Path> folder() {
        String lower = log.toLowerCase(Locale.ROOT);
        return lower.startsWith("https://") || lower.startsWith("http://")
                ? Optional.empty()
                : Optional.of(Path.of(log));
    }

    /** Opens it; the caller closes it. */
    LogSource open(Set<Path> own) {
        Optional<Path> folder = folder();
        if (folder.isEmpty()) {
            return server.open(log);
        }
        if (!Files.isDirectory(folder.get())) {
            throw new ConfigurationFault(log + ": expected the folder of a mirror here, found none");
        }
        return new FolderSource(folder.get(), own);
    }
}
