package org.sealkeeper.envelope;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.sealkeeper.kernel.Context;

/**
 * What a data key is to be bound to, for as long as it lives. A context in which characters were lost on their way here would be
 * that of other records too. One that is bound already is taken as it is: its record must stay readable.
 */
record NewContext(Context context) {
    /** @throws IllegalArgumentException if characters were lost */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    NewContext {
        if (!context.isLegible()) {
            throw new IllegalArgumentException(
                    "expected names and values in UTF-8, found the replacement character U+FFFD in the place of characters"
                            + " that were lost");
        }
    }
}
