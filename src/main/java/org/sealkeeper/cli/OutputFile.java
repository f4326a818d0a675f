package org.sealkeeper.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sealkeeper.config.ConfigurationFault;

/** A file a command writes: whole, or not at all, and readable by its owner alone. */
final class OutputFile {
    private OutputFile() {}

    static void write(Path file, byte[] content) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Path draft = Files.createTempFile(folder, ".draft", null);
            Files.write(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ConfigurationFault(file + ": cannot be written: " + e.getMessage(), e);
        }
    }
}
