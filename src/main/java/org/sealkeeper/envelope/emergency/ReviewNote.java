package org.sealkeeper.envelope.emergency;

/**
 * What is noted with a review. It may be about a patient: as {@link Justification}, the store keeps it, and the audit log has its salted
 * digest.
 *
 * @param text 10 to 1,000 characters, not all blank, with line breaks of one character
 */
public record ReviewNote(String text) {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 1_000;

    public ReviewNote {
        text = text.replace("\r\n", "\n");
        if (text.strip().length() < SHORTEST
                || text.length() > LONGEST
                || text.chars().anyMatch(ReviewNote::isNoText)) {
            throw new IllegalArgumentException("expected a note of " + SHORTEST + " to " + LONGEST
                    + " characters in UTF-8, without control characters but line breaks");
        }
    }

    /** What was lost on its way here, and what a database does not keep. */
    private static boolean isNoText(int character) {
        return character == '\uFFFD' || (Character.isISOControl(character) && character != '\n' && character != '\t');
    }

    @Override
    public String toString() {
        return "ReviewNote[" + text.length() + " characters]";
    }
}
