package org.sealkeeper.hsm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.Session;

/**
 * The record of this process in the token: two objects that are written in turn. If we crash during a write, the other object still
 * has the text before it.
 *
 * <p>Others' objects are told from ours by their handles. But a machine that was turned back to a snapshot brings back this process,
 * handles and all: so before each write both objects must still have what this process wrote last. One write at a time.
 */
public final class OwnRecord {
    private final Hsm hsm;
    private final long[] handles;
    /** Of each object the texts it may have: more than one after a write that failed, and may have been made all the same. */
    private final List<Set<String>> texts;

    private int next;
    /** Kept from write to write; null while a write has it, and after one that failed or hangs. */
    private final AtomicReference<@Nullable Session> kept = new AtomicReference<>();

    OwnRecord(Hsm hsm, long[] handles, String text) {
        this.hsm = hsm;
        this.handles = handles;
        this.texts = new ArrayList<>(List.of(Set.of(text), Set.of(text)));
    }

    /**
     * Replaces the older of the two texts, then looks who else has a record.
     *
     * @return whether this process is the only one that writes; or {@link HsmFault}
     */
    public CompletionStage<Boolean> write(String text) {
        return hsm.submitRecord(ignored -> {
            try {
                return onSession(objects -> hasWhatWasWritten(objects) && replaceOlder(objects, text));
            } catch (HsmFault fault) {
                // Whoever took the keys has removed this record: that is the better answer.
                if (onSession(this::hasOthers)) {
                    return false;
                }
                throw fault;
            }
        });
    }

    private boolean hasWhatWasWritten(TokenObjects objects) {
        return hasWhatWasWritten(objects, 0) && hasWhatWasWritten(objects, 1);
    }

    private boolean hasWhatWasWritten(TokenObjects objects, int object) {
        return texts.get(object)
                .contains(TokenRecords.text(objects, handles[object]).orElse(""));
    }

    private boolean replaceOlder(TokenObjects objects, String text) {
        Set<String> oneOf = new HashSet<>(texts.get(next));
        oneOf.add(text);
        texts.set(next, oneOf);
        objects.relabel(handles[next], text);
        texts.set(next, Set.of(text));
        next = 1 - next;
        return isAlone(objects);
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

    /**
     * Destroys this record as one that was made in vain. Not where it is the only one there is, or was written to since: then this machine
     * was turned back to before it was done, and the record is what the token remembers.
     */
    public void withdraw() {
        int _ = hsm.administer(objects -> {
            if (!hasOthers(objects) || !hasWhatWasWritten(objects)) {
                return 0;
            }
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
