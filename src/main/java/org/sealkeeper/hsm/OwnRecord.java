package org.sealkeeper.hsm;

import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.Session;

/**
 * The record of this process in the token: two objects that are written in turn. If we crash during a write, the other object still
 * has the text before it.
 *
 * <p>Objects are told apart by their handles, never by what is in them: a copy of this process, such as a restored snapshot of its
 * machine makes, would write the same. One write at a time.
 */
public final class OwnRecord {
    private final Hsm hsm;
    private final long[] handles;
    private int next;
    /** Kept from write to write; null while a write has it, and after one that failed or hangs. */
    private final AtomicReference<@Nullable Session> kept = new AtomicReference<>();

    OwnRecord(Hsm hsm, long[] handles) {
        this.hsm = hsm;
        this.handles = handles;
    }

    /**
     * Replaces the older of the two texts, then looks who else has a record.
     *
     * @return whether this process is the only one that has; or {@link HsmFault}
     */
    public CompletionStage<Boolean> write(String text) {
        return hsm.submit(ignored -> {
            try {
                return onSession(objects -> {
                    objects.relabel(handles[next], text);
                    next = 1 - next;
                    return isAlone(objects);
                });
            } catch (HsmFault fault) {
                // Whoever took the keys has removed this record: that is the better answer.
                if (onSession(this::hasOthers)) {
                    return false;
                }
                throw fault;
            }
        });
    }

    /** Whether no other process has a record. */
    public boolean isAlone() {
        return hsm.administer(this::isAlone);
    }

    private boolean isAlone(TokenObjects objects) {
        long[] found = objects.records();
        Arrays.sort(found);
        long[] own = handles.clone();
        Arrays.sort(own);
        return Arrays.equals(found, own);
    }

    private boolean hasOthers(TokenObjects objects) {
        return Arrays.stream(objects.records()).anyMatch(handle -> handle != handles[0] && handle != handles[1]);
    }

    /** Destroys the records of all others. */
    public void removeOthers() {
        int _ = hsm.administer(objects -> {
            int removed = 0;
            for (long handle : objects.records()) {
                if (handle != handles[0] && handle != handles[1]) {
                    objects.destroy(handle);
                    removed++;
                }
            }
            return removed;
        });
    }

    /** Destroys this record. */
    public void remove() {
        int _ = hsm.administer(objects -> {
            for (long handle : handles) {
                objects.destroy(handle);
            }
            return handles.length;
        });
    }

    private <T> T onSession(Function<TokenObjects, T> work) {
        Session taken = kept.getAndSet(null);
        Session session = taken == null ? hsm.epoch().openSession(true) : taken;
        try {
            T result = work.apply(hsm.epoch().objects(session));
            kept.set(session);
            return result;
        } catch (RuntimeException e) {
            Epoch.close(session);
            throw e;
        }
    }
}
