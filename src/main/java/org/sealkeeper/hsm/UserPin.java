package org.sealkeeper.hsm;

import java.nio.file.Path;
import java.util.random.RandomGenerator;
import javax.crypto.spec.SecretKeySpec;
import org.sealkeeper.config.InForce;

/** The file of a token's user PIN, as it may change while the appliance runs: what it says is tried at the next login. */
public final class UserPin {
    private static final int KEY_BYTES = 32;

    private UserPin() {}

    /**
     * Watches the file, and checks a changed one as a login does; of its content nothing is kept but an HMAC.
     *
     * @param random a secure one: it makes the key of the HMAC
     * @throws org.sealkeeper.config.ConfigurationFault if the file cannot be meant, or users other than its owner may touch it
     */
    public static InForce<Path> watch(Path file, RandomGenerator random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return InForce.ofSecret(file, UserPin::check, new SecretKeySpec(key, "HmacSHA256"));
    }

    private static void check(Path file) {
        PinFile.open(file).close();
    }
}
