package org.sealkeeper.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder for temporary files that is this process's alone: no other user can read it, or have made it before. */
public final class OwnFolder {
    private static final Pattern NAME = Pattern.compile("sealkeeper-(\\d{1,18})-\\d+");

    private OwnFolder() {}

    /**
     * Makes one, of mode 0700. It is deleted when the process ends, by a signal too; what killed processes of the same user left
     * is deleted now.
     *
     * @param in where every user may make files, such as {@code /tmp}
     */
    public static Path in(Path in) throws IOException {
        deleteOrphans(in);
        Path folder = Files.createTempDirectory(
                in,
                "sealkeeper-" + ProcessHandle.current().pid() + "-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return folder;
    }

    private static void deleteOrphans(Path in) throws IOException {
        String user = System.getProperty("user.name", "");
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(in)) {
            for (Path folder : folders) {
                if (isOrphan(folder, user)) {
                    delete(folder);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isOrphan(Path folder, String user) throws IOException {
        Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
        try {
            return name.matches()
                    && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                    && !Files.isSymbolicLink(folder)
                    && Files.getOwner(folder).getName().equals(user);
        } catch (NoSuchFileException e) {
            return false; // another process that starts now has deleted it
        }
    }

    /** What cannot be deleted stays until the next start. */
    private static void delete(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // The next start tries again.
        }
    }
}
