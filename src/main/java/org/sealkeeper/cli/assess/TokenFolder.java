package org.sealkeeper.cli.assess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sealkeeper.assessment.WatchedFile;
import org.sealkeeper.assessment.WatchedFile.Kind;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFailure;

/**
 * Where SoftHSM keeps its tokens.
 *
 * @param configuration its own file, which says so
 */
record TokenFolder(Path configuration) {
    private static final Pattern FOLDER = Pattern.compile("\\s*directories\\.tokendir\\s*=\\s*(\\S.*?)\\s*");

    /** That of this process; empty where the environment names no file: each user has another one then. */
    static Optional<TokenFolder> named(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("SOFTHSM2_CONF"))
                .map(Path::of)
                .map(TokenFolder::new);
    }

    /**
     * Its own file and the folder, which may be looked into, and what each token keeps in it, which may not.
     *
     * @throws ConfigurationFault if the file cannot be read, or names no folder
     * @throws org.sealkeeper.config.FileFault if the disk failed
     */
    List<WatchedFile> files() {
        Path folder = path();
        try (Stream<Path> tokens = Files.list(folder)) {
            return Stream.concat(
                            Stream.of(configuration, folder).map(path -> WatchedFile.of(path, Kind.TRUSTED)),
                            tokens.sorted().map(token -> WatchedFile.of(token, Kind.SECRET)))
                    .toList();
        } catch (IOException e) {
            throw FileFailure.unreadable(folder, e);
        }
    }

    private Path path() {
        return ConfigFile.text(configuration)
                .lines()
                .map(FOLDER::matcher)
                .filter(Matcher::matches)
                .map(line -> Path.of(line.group(1)))
                .findFirst()
                .orElseThrow(
                        () -> new ConfigurationFault(configuration + ": expected 'directories.tokendir', found none"));
    }
}
