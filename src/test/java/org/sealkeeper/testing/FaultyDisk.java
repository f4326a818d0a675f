package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A folder in which a process that has this environment cannot write, for as long as a test says. */
public record FaultyDisk(Path folder, Path fault) {
    /** How every write and every sync ends; the numbers are those of errno. */
    public enum Fault {
        FULL(28),
        READ_ONLY(30),
        BROKEN(5);

        private final int errno;

        Fault(int errno) {
            this.errno = errno;
        }
    }

    /** What the process must have in its environment. */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library().toString(),
                "DISK_FOLDER", folder.toString(),
                "DISK_FAULT", fault.toString());
    }

    public void fail(Fault how) {
        try {
            Files.writeString(fault, Integer.toString(how.errno));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void heal() {
        try {
            Files.delete(fault);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path library() {
        return Built.LIBRARY;
    }

    /** The first that asks initializes it. */
    private static final class Built {
        static final Path LIBRARY = NativeBuild.library("disk");
    }
}
