package org.sealkeeper.hsm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFailure;
import org.sealkeeper.config.SecretFile;

/** The file of a token's PIN. */
final class PinFile {
    private PinFile() {}

    /** As {@link SecretFile#open}. */
    static SecretFile open(Path file) {
        return SecretFile.open(file, SecretFile.Kind.PIN);
    }

    /** Refuses to go on where a PIN file, of whatever token, lies already. */
    static void refuseExisting(Path file) {
        if (Files.exists(file)) {
            throw exists(file);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw FileFailure.unwritable(file, e);
        }
    }

    static ConfigurationFault exists(Path file) {
        return new ConfigurationFault(
                file + ": a file exists already and is never overwritten; if it is left from a token "
                        + "that was never finished, remove it, else name another file");
    }
}
