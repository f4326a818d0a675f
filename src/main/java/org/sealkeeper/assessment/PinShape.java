package org.sealkeeper.assessment;

import java.util.List;
import org.sealkeeper.config.SecretFile;

/** What may be known of a PIN: whether it is one that is guessed, and not why. */
public record PinShape(boolean isGuessable) {
    private static final int SHORTEST = 8;
    private static final List<String> WELL_KNOWN =
            List.of("12341234", "11223344", "changeme", "password", "sealkeeper", "userpin1", "1qaz2wsx");

    /** Looks at one that its owner closes; keeps nothing of it. */
    public static PinShape of(SecretFile pin) {
        char[] secret = pin.chars();
        return new PinShape(secret.length < SHORTEST
                || goesBy(secret, 0)
                || goesBy(secret, 1)
                || goesBy(secret, -1)
                || WELL_KNOWN.stream().anyMatch(known -> isAlike(secret, known)));
    }

    /** Whether each character is so many behind the one before: all the same, or a run such as 12345678. */
    private static boolean goesBy(char[] secret, int step) {
        for (int i = 1; i < secret.length; i++) {
            if (secret[i] != secret[i - 1] + step) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlike(char[] secret, String known) {
        if (secret.length != known.length()) {
            return false;
        }
        for (int i = 0; i < secret.length; i++) {
            if (Character.toLowerCase(secret[i]) != known.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
