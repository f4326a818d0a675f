package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * What a disk may hold if the power fails at any moment while a process writes to it: all that was synced, and any part of the rest, sector by
 * sector. Of folders it is taken that their entries survive in the order in which they were changed, as those of a journaling file system do.
 */
public final class PowerCut {
    private final Path folder;
    private final Path before;
    private final Path journal;
    private final Path library;

    private PowerCut(Path folder, Path work) throws IOException {
        this.folder = folder;
        this.before = work.resolve("before");
        this.journal = Files.createFile(work.resolve("journal"));
        // Beside the journal: another user's process may not look elsewhere.
        this.library = Files.copy(FaultyDisk.library(), work.resolve("disk.so"));
    }

    /**
     * Of the files below a folder, which no process may be writing now.
     *
     * @param work where the process may write
     */
    public static PowerCut of(Path folder, Path work) {
        try {
            var cut = new PowerCut(folder, work);
            new FolderTree(folder).copy(cut.before);
            return cut;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the process must have in its environment. */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "DISK_FOLDER", folder.toString(),
                "DISK_JOURNAL", journal.toString());
    }

    /** This moment, as what was written before it: what a caller was told before survives each failure of the power from now on. */
    public long now() {
        try {
            return Files.size(journal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that was written, of a process that has ended. */
    public Writes writes() {
        return Writes.read(journal);
    }

    /** Makes what the disk may hold if the power failed then. */
    public void leave(Writes writes, long moment, Random what, Path target) {
        leave(writes, moment, target, file -> file.afterLosing(what));
    }

    /** Makes what the disk holds at least. */
    public void leaveWhatIsSynced(Writes writes, long moment, Path target) {
        leave(writes, moment, target, DiskFile::durable);
    }

    private void leave(Writes writes, long moment, Path target, Function<DiskFile, byte[]> content) {
        try {
            new FolderTree(before).copy(target);
            for (Map.Entry<String, DiskFile> file : writes.until(moment, before).entrySet()) {
                Path path = target.resolve(file.getKey());
                Files.deleteIfExists(path);
                if (file.getValue().exists()) {
                    Files.createDirectories(path.getParent());
                    Files.write(path, content.apply(file.getValue()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
