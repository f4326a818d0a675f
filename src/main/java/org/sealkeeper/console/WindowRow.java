package org.sealkeeper.console;

import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.keys.RewrapWindow;

/** A rewrap window in a line. */
record WindowRow(String alias, int from, int to, Instant openedAt, Optional<Instant> closedAt) {

    static WindowRow of(RewrapWindow window) {
        return new WindowRow(window.alias().value(), window.from(), window.to(), window.openedAt(), window.closedAt());
    }
}
