package org.sealkeeper.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sealkeeper.config.FileFailure;
import org.sealkeeper.files.WholeFile;

/** A file a command writes: whole, or not at all, and readable by its owner alone. */
public record OutputFile(Path path) {

    /** @throws IllegalArgumentException where no file can be written */
    public OutputFile {
        if (path.toString().isEmpty() || path.toString().equals("-")) {
            throw new IllegalArgumentException("expected the path of a file; for standard output write /dev/stdout");
        }
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException("expected the path of a file, found a folder: " + path);
        }
    }

    /**
     * Writes it.
     *
     * @throws org.sealkeeper.config.ConfigurationFault if it cannot be where it was named
     * @throws org.sealkeeper.config.FileFault if the disk is full, or fails: nothing is left of what was written
     */
    public void write(byte[] content) {
        try {
            WholeFile.write(path, out -> out.write(content));
        } catch (IOException e) {
            throw FileFailure.unwritable(path, e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
