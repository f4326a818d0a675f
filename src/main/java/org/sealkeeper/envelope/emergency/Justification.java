package org.sealkeeper.envelope.emergency;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Why a person needs a patient's data in an emergency, in that person's words. They may be about the patient: the store keeps them in
 * a table of their own, the audit log gets their salted digest only, and no message quotes them.
 */
public final class Justification {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 1_000;
    private static final int SALT_BYTES = 32;

    private final String text;

    private Justification(String text) {
        this.text = text;
    }

    /**
     * One that is given now.
     *
     * @throws IllegalArgumentException unless it has {@value #SHORTEST} to {@value #LONGEST} characters, not all blank, and
     *     none that was lost on its way here: it is kept for ever
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Justification of(String text) {
        if (text.indexOf('\uFFFD') >= 0) {
            throw new IllegalArgumentException(
                    "expected a justification in UTF-8, found the replacement character U+FFFD"
                            + " in the place of characters that were lost");
        }
        return kept(text);
    }

    /** One that was kept. */
    static Justification kept(String text) {
        if (text.strip().length() < SHORTEST || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "expected a justification of " + SHORTEST + " to " + LONGEST + " characters");
        }
        return new Justification(text);
    }

    /** The words themselves. */
    public String text() {
        return text;
    }

    /** 32 random bytes in lowercase hex; without them, a guess of the text could be proved by its digest. */
    static String salt(RandomGenerator random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    /** SHA-256, in lowercase hex, of the salt's hex digits followed by the text in UTF-8. */
    String digest(String salt) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Justification[" + text.length() + " characters]";
    }
}
