package org.sealkeeper.hsm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;

/**
 * Notices that a PIN file was replaced or written to since a PIN of it was refused, and stands still: a PIN that is half written would be refused, too.
 * Not safe for use by two threads.
 */
final class PinFileWatch {
    private static final Duration STILL = Duration.ofSeconds(1);

    private final Path file;
    private Optional<Stamp> tried = Optional.empty();
    private Optional<Stamp> seen = Optional.empty();
    private long seenAt;

    PinFileWatch(Path file) {
        this.file = file;
    }

    private record Stamp(FileTime modified, long size, Object key) {}

    /** Remembers what is there now, right before it is tried. */
    void beforeTry() {
        tried = stamp();
        seen = tried;
    }

    /** @param now of {@link System#nanoTime()} */
    boolean isChanged(long now) {
        Optional<Stamp> found = stamp();
        if (!found.equals(seen)) {
            seen = found;
            seenAt = now;
            return false;
        }
        return found.isPresent() && !found.equals(tried) && now - seenAt >= STILL.toNanos();
    }

    /** Empty while it is not there. */
    private Optional<Stamp> stamp() {
        try {
            var found = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(found.lastModifiedTime(), found.size(), String.valueOf(found.fileKey())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
