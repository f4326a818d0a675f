package org.sealkeeper.rollback.model;

import java.util.Optional;

/**
 * What an appliance knows of its two objects.
 *
 * @param sequence of its last attempt to write
 * @param next which object it writes next
 * @param attempted what a failed attempt may have written there; TORN where none failed
 */
record OwnTexts(int sequence, Text first, Text second, int next, Text attempted) {
    static final OwnTexts NONE = new OwnTexts(0, Text.TORN, Text.TORN, 0, Text.TORN);

    static OwnTexts made(Text text) {
        return new OwnTexts(text.sequence(), text, text, 0, Text.TORN);
    }

    private Text text(int which) {
        return which == 0 ? first : second;
    }

    /** Whether an attempt failed, and may have been made. */
    boolean isInDoubt() {
        return attempted.isReadable();
    }

    private boolean isAttempted(Text found) {
        return isInDoubt() && found.equals(attempted);
    }

    /** Whether this is what it would find. */
    boolean mayBe(int which, Optional<Text> found) {
        return found.filter(text -> text.equals(text(which)) || (which == next && isAttempted(text)))
                .isPresent();
    }

    /** Before a write: whether the attempt that failed was written after all is not in doubt any more. */
    OwnTexts resolved(Text found) {
        return known(isAttempted(found) ? found : text(next));
    }

    private OwnTexts known(Text text) {
        return next == 0
                ? new OwnTexts(sequence, text, second, next, Text.TORN)
                : new OwnTexts(sequence, first, text, next, Text.TORN);
    }

    OwnTexts attempts(Text text) {
        return new OwnTexts(text.sequence(), first, second, next, text);
    }

    /** @param isNumbered whether the attempt has used up its number */
    OwnTexts failed(boolean isNumbered) {
        return new OwnTexts(isNumbered ? sequence : sequence - 1, first, second, next, attempted);
    }

    /** @param inTurn whether the other object is written next */
    OwnTexts succeeded(boolean inTurn) {
        OwnTexts known = known(attempted);
        return new OwnTexts(sequence, known.first, known.second, inTurn ? 1 - next : next, Text.TORN);
    }
}
