package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.UUID;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.PinGenerator;
import org.sealkeeper.hsm.TokenCreation;
import org.sealkeeper.hsm.TokenProfile;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.kernel.TokenLabel;

/**
 * A new, empty SoftHSM token for one test, and its PIN files. Lives in the folder of SOFTHSM2_CONF, which this JVM and the
 * processes it starts share; no test sees another's, since each has a label of its own.
 *
 * @param profile the profile.yaml of SoftHSM in this repository, or of a module before it
 * @param label unique
 */
public record SoftHsmToken(Path profile, TokenLabel label, Path soPin, Path userPin) {
    private static final Path PROFILE =
            Path.of("hsm-config/softhsm2/profile.yaml").toAbsolutePath();
    private static final String PREPARED = "sealkeeper.test.softhsm.prepared";

    /** Makes the token; its PIN files go into the folder. */
    public static SoftHsmToken in(Path folder) {
        return in(folder, PROFILE);
    }

    /** Makes the token by way of the module that stands before SoftHSM in another profile. */
    public static SoftHsmToken in(Path folder, Path profile) {
        prepare();
        var token = new SoftHsmToken(
                profile,
                new TokenLabel("test-" + UUID.randomUUID().toString().substring(0, 18)),
                folder.resolve("so.pin"),
                folder.resolve("user.pin"));
        new TokenCreation(TokenProfile.read(profile), token.label)
                .create(new PinGenerator(new SecureRandom()), token.soPin, token.userPin);
        return token;
    }

    /** Makes SoftHSM usable, and empty, in this JVM and the processes it starts; needed before its first use. */
    public static synchronized void prepare() {
        // A property, because this class may be loaded more than once in one JVM.
        if (System.getProperty(PREPARED) != null) {
            return;
        }
        System.setProperty(PREPARED, "yes");
        Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
        Path tokens = configuration.resolveSibling("tokens");
        try {
            new FolderTree(tokens).delete(); // every process reads every object of every token at its start
            Files.createDirectories(tokens);
            Files.writeString(configuration, """
                    directories.tokendir = %s
                    objectstore.backend = file
                    log.level = ERROR
                    slots.removable = false
                    """.formatted(tokens));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TokenSettings settings() {
        return new TokenSettings(TokenProfile.read(profile), label, userPin, userPin.resolveSibling("refused-pins"));
    }

    public Hsm open() {
        return Hsm.open(settings());
    }
}
