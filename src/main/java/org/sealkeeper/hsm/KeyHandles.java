package org.sealkeeper.hsm;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The handles of one epoch's private keys, so that a signature costs no search of the token. */
final class KeyHandles {
    private final ConcurrentMap<CkaId, Long> handles = new ConcurrentHashMap<>();

    /** The key's handle; found with {@code search} the first time, and again after it was forgotten. */
    long of(CkaId id, Function<CkaId, Long> search) {
        Long known = handles.get(id);
        if (known != null) {
            return known;
        }
        // Not computeIfAbsent: it would hold a lock of the map during a call of the token.
        long found = search.apply(id);
        handles.put(id, found);
        return found;
    }

    /** Drops a handle that failed, or whose key is gone; the next use searches again. */
    void forget(CkaId id) {
        handles.remove(id);
    }
}
