package org.sealkeeper.keys;

import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;

/**
 * A time in which data keys may be moved from one version of a key-encryption key to another.
 *
 * @param transit what the objects of its transit pair are found by in the token
 * @param closedAt empty while it is open
 */
public record RewrapWindow(
        KeyAlias alias, int from, int to, CkaId transit, Instant openedAt, Optional<Instant> closedAt) {

    public RewrapWindow {
        if (from == to) {
            throw new IllegalArgumentException("expected two versions of '" + alias + "', found " + from + " twice");
        }
    }

    /** The CKA_LABEL of its objects in the token. */
    public String label() {
        return alias + "-transit-v" + from + "-v" + to;
    }
}
