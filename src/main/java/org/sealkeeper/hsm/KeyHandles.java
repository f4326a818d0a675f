package org.sealkeeper.hsm;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The handles of one epoch's keys, so that using one costs no search of the token; and public keys that were read from it. */
final class KeyHandles {
    private final ConcurrentMap<TokenKey, Long> handles = new ConcurrentHashMap<>();
    private final ConcurrentMap<TokenKey, RecipientKey> publicKeys = new ConcurrentHashMap<>();

    /** The key's handle; found with {@code search} the first time, and again after it was forgotten. */
    long of(TokenKey key, ToLongFunction<TokenKey> search) {
        Long known = handles.get(key);
        if (known != null) {
            return known;
        }
        // Not computeIfAbsent: it would hold a lock of the map during a call of the token.
        long found = search.applyAsLong(key);
        remember(key, found);
        return found;
    }

    Optional<Long> remembered(TokenKey key) {
        return Optional.ofNullable(handles.get(key));
    }

    void remember(TokenKey key, long handle) {
        handles.put(key, handle);
    }

    /** The public half of the key; read with {@code reading} the first time, and again after the key was forgotten. */
    RecipientKey publicKey(TokenKey key, Function<TokenKey, RecipientKey> reading) {
        RecipientKey known = publicKeys.get(key);
        if (known != null) {
            return known;
        }
        RecipientKey read = reading.apply(key);
        publicKeys.put(key, read);
        return read;
    }

    /** Drops a handle that failed, or whose key is gone; the next use searches again. */
    void forget(TokenKey key) {
        handles.remove(key);
        publicKeys.remove(key);
    }

    /** Drops the handles of all keys with this CKA_ID. */
    void forget(CkaId id) {
        handles.keySet().removeIf(key -> key.id().equals(id.hex()));
        publicKeys.keySet().removeIf(key -> key.id().equals(id.hex()));
    }
}
