package org.sealkeeper.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the processes of every test JVM start from: a provisioned home, and the launchers' caches of classes. It takes half a minute, so it
 * is made once after a build, by the first that needs it; the others wait.
 */
final class Prepared {
    private Prepared() {}

    /** The home, of which copies are made. No appliance may run in it: they would remember what it did. */
    static Home home() {
        return Made.HOME;
    }

    private static Path folder() {
        return ForkFolder.path().resolveSibling("prepared");
    }

    /** The first that asks initializes it. */
    private static final class Made {
        static final Home HOME = madeOnce();
    }

    private static Home madeOnce() {
        try {
            Files.createDirectories(folder());
            try (var lock = FileChannel.open(
                            folder().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = lock.lock()) {
                return madeOfThisBuild();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which build it is of is written last: a test JVM that is killed before leaves nothing that counts. */
    private static Home madeOfThisBuild() throws IOException {
        Path of = folder().resolve("build");
        String build = Files.getLastModifiedTime(Command.app().resolve("quarkus-run.jar"))
                .toString();
        if (Files.exists(of) && Files.readString(of).equals(build)) {
            return Home.in(folder().resolve("home"));
        }
        Files.deleteIfExists(of);
        Home home = Home.provisionAnew(emptied("home"));
        Launchers.run(Path.of("").toAbsolutePath(), "make_caches").succeeded();
        Files.writeString(of, build, UTF_8);
        return home;
    }

    private static Path emptied(String name) throws IOException {
        Path folder = folder().resolve(name);
        new FolderTree(folder).delete();
        return Files.createDirectory(folder);
    }
}
