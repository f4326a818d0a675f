package org.sealkeeper.envelope.emergency;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * Why a person needs a patient's data in an emergency, in that person's words. They may be about the patient: the store keeps them in
 * a table of their own, the audit log gets their salted digest only, and no message quotes them.
 */
public final class Justification {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 1_000;

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

    /** What the audit log has of it. */
    String digest(String salt) {
        return SaltedDigest.of(salt, text);
    }

    @Override
    public String toString() {
        return "Justification[" + text.length() + " characters]";
    }
}
