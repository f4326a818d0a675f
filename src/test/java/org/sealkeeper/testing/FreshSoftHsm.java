package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sealkeeper.hsm.TokenProfile;

/**
 * SoftHSM as a new process finds it, in this JVM: it looks for its tokens once, when it is loaded, and a copy of its library is loaded
 * anew. While this is open, what is loaded finds the tokens of a given configuration.
 *
 * @param path of the copy, which stays where it is loaded from
 * @param configuration the file that SoftHSM reads in this JVM
 * @param before what was in it, if it was there
 */
record FreshSoftHsm(Path path, Path configuration, Optional<String> before) implements AutoCloseable {
    static final Path PROFILE = Path.of("hsm-config/softhsm2/profile.yaml").toAbsolutePath();

    static FreshSoftHsm of(Path other) {
        Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
        try {
            Path copy = Files.createTempFile(ForkFolder.path(), "softhsm", ".so");
            copy.toFile().deleteOnExit();
            Files.write(copy, Files.readAllBytes(installed()));
            Optional<String> before =
                    Files.exists(configuration) ? Optional.of(Files.readString(configuration)) : Optional.empty();
            Files.writeString(configuration, Files.readString(other));
            return new FreshSoftHsm(copy, configuration, before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path installed() {
        return TokenProfile.read(PROFILE).modules().stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        try {
            if (before.isPresent()) {
                Files.writeString(configuration, before.get());
            } else {
                Files.delete(configuration);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
