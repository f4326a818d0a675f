package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of this test JVM alone: others run beside it. What an earlier build left there may still be there. */
public final class ForkFolder {
    private ForkFolder() {}

    /** The folder in which this JVM and the processes it starts have their SoftHSM. */
    public static Path path() {
        try {
            return Files.createDirectories(
                    Path.of(System.getenv("SOFTHSM2_CONF")).toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
