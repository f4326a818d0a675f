package org.sealkeeper.envelope.emergency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** What the audit log has of a text that may be about a patient. Without the salt, a guess of the text could be proved by its digest. */
final class SaltedDigest {
    private static final int SALT_BYTES = 32;

    private SaltedDigest() {}

    /** 32 random bytes in lowercase hex. */
    static String salt(RandomGenerator random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    /** SHA-256, in lowercase hex, of the salt's hex digits followed by the text in UTF-8. */
    static String of(String salt, String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
