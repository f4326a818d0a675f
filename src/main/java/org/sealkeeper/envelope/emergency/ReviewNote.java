package org.sealkeeper.envelope.emergency;

/**
 * What is noted with a review. It may be about a patient: as {@link Justification}, the store keeps it, and the audit log has its salted
 * digest.
 *
 * @param text 10 to 1,000 characters, not all blank, and none that was lost on its way here
 */
public record ReviewNote(String text) {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 1_000;

    public ReviewNote {
        if (text.strip().length() < SHORTEST || text.length() > LONGEST || text.indexOf('\uFFFD') >= 0) {
            throw new IllegalArgumentException(
                    "expected a note of " + SHORTEST + " to " + LONGEST + " characters, in UTF-8");
        }
    }

    @Override
    public String toString() {
        return "ReviewNote[" + text.length() + " characters]";
    }
}
