package org.sealkeeper.hsm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.hsm.state.Meaning;
import org.xipki.pkcs11.wrapper.Session;

/**
 * The record of this process in the token: two objects that are written in turn. If we crash during a write, the other object still
 * has the text before it. A third object is the permit to write, which is destroyed by the process that takes the keys.
 *
 * <p>Others' objects are told from ours by their handles. But a machine that was turned back to a snapshot brings back this process,
 * handles and all: so before each write the object must still have what this process wrote there. The first write after the snapshot
 * went to that very object; and where it is in doubt whether that write had been made before, both objects are compared. One write at a
 * time.
 */
public final class OwnRecord implements AutoCloseable {
    /** CK_INVALID_HANDLE. */
    private static final long NO_OBJECT = 0;

    private final TokenWork work;
    private final String owner;
    /** Of each object the texts it may have: more than one after a write that failed, and may have been made all the same. */
    private final List<Set<String>> texts;

    private int next;
    private volatile Place place;
    /** Whether no other process had a record at a moment after ours was made. */
    private boolean wasAlone;
    /** Kept from write to write; null while a write has it, and after one that failed or hangs. */
    private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

    /** Where the objects are, which is true for one epoch. */
    private record Place(Epoch epoch, long first, long second, TokenPermit permit) {
        long of(int object) {
            return object == 0 ? first : second;
        }
    }

    private record Kept(Epoch epoch, Session session) {}

    OwnRecord(TokenWork work, long[] handles, TokenPermit permit, String text) {
        this.work = work;
        this.owner = permit.owner();
        this.place = new Place(work.epoch(), handles[0], handles[1], permit);
        this.texts = new ArrayList<>(List.of(Set.of(text), Set.of(text)));
    }

    /**
     * Replaces the older of the two texts, then looks whether the permit is still there. A process that takes the keys destroys the permit, then
     * looks whether the texts are those it saw before: so at least one of the two notices the other.
     *
     * @return whether this process may go on; or {@link HsmFault}
     */
    public CompletionStage<Boolean> write(String text) {
        return work.writeRecord(ignored -> {
            try {
                return onSession(objects -> hasWhatWasWritten(objects) && replaceOlder(objects, text));
            } catch (HsmFault fault) {
                // The process that took the keys has removed this record: that is the better answer.
                if (onSession(this::hasOthers)) {
                    return false;
                }
                throw fault;
            }
        });
    }

    private boolean hasWhatWasWritten(TokenObjects objects) {
        boolean isInDoubt = texts.get(next).size() > 1;
        return hasWhatWasWritten(objects, next) && (!isInDoubt || hasWhatWasWritten(objects, 1 - next));
    }

    private boolean hasWhatWasWritten(TokenObjects objects, int object) {
        long handle = placeIn(objects).of(object);
        return handle != NO_OBJECT && hasTextOf(objects, handle, object);
    }

    private boolean replaceOlder(TokenObjects objects, String text) {
        Set<String> oneOf = new HashSet<>(texts.get(next));
        oneOf.add(text);
        texts.set(next, oneOf);
        objects.relabel(placeIn(objects).of(next), text);
        texts.set(next, Set.of(text));
        next = 1 - next;
        // The search for others costs time for every object of the token, so it is made once. A process that comes
        // later finds
        // this record.
        wasAlone = wasAlone || isAlone(objects);
        return wasAlone && isPermitted(objects);
    }

    /** The process that destroys the permit has made a record before. Without one, the token itself is away: that may pass. */
    private boolean isPermitted(TokenObjects objects) {
        if (placeIn(objects).permit().isThere(objects)) {
            return true;
        }
        if (hasOthers(objects)) {
            return false;
        }
        throw new HsmFault(
                Meaning.OWN_FAULT,
                "expected the permit of this process in the token, found neither it nor the record of another "
                        + "process; bring the token back where it is away, else restart the appliance");
    }

    /** Whether no other process has a record. */
    public boolean isAlone() {
        return work.administer(this::isAlone);
    }

    private boolean isAlone(TokenObjects objects) {
        long[] found = objects.records();
        Arrays.sort(found);
        Place here = placeIn(objects);
        long[] own = {here.first(), here.second()};
        Arrays.sort(own);
        return Arrays.equals(found, own);
    }

    private boolean hasOthers(TokenObjects objects) {
        Place here = placeIn(objects);
        return Arrays.stream(objects.records()).anyMatch(handle -> handle != here.first() && handle != here.second());
    }

    /**
     * Destroys this record as one that was made in vain. Not where it was written to since, or is all that remembers something: then this
     * machine may have been turned back to before it removed the others' records.
     *
     * @param isCovered whether nothing is forgotten where only these records are left
     */
    public void withdraw(Predicate<List<TokenRecord>> isCovered) {
        int _ = work.administer(objects -> {
            List<TokenRecord> others = RecordObjects.all(objects);
            others.removeIf(record -> record.owner().equals(owner));
            if (!isCovered.test(others) || !hasWhatWasWritten(objects, 0) || !hasWhatWasWritten(objects, 1)) {
                return 0;
            }
            Place here = placeIn(objects);
            here.permit().destroy(objects);
            objects.destroy(here.first());
            objects.destroy(here.second());
            return 2;
        });
    }

    private <T> T onSession(Function<TokenObjects, T> use) {
        Epoch epoch = work.epoch();
        Kept taken = kept.getAndSet(null);
        Session session = taken == null || taken.epoch() != epoch ? epoch.openSession(true) : taken.session();
        try {
            T result = use.apply(epoch.objects(session));
            kept.set(new Kept(epoch, session));
            return result;
        } catch (RuntimeException e) {
            Epoch.closeAfter(e, session);
            throw e;
        }
    }

    /** Ends the session that is kept; the record stays. That of an epoch of before is gone, and its number may be another's. */
    @Override
    public void close() {
        Kept last = kept.getAndSet(null);
        if (last != null && last.epoch() == work.epoch()) {
            Epoch.close(last.session());
        }
    }

    private Place placeIn(TokenObjects objects) {
        Epoch epoch = work.epoch();
        Place known = place;
        if (known.epoch() == epoch) {
            return known;
        }
        Place found = find(objects, epoch);
        place = found;
        return found;
    }

    /**
     * The objects in a new epoch, by their owner, and told apart by their texts. Where they are not two, or do not have both texts that were
     * written last, something was done to them while the token was away, or it was turned back: no handle is ours then.
     */
    private Place find(TokenObjects objects, Epoch epoch) {
        TokenPermit permit = TokenPermit.find(objects, owner);
        Map<Long, Optional<String>> owners = new LinkedHashMap<>();
        for (long handle : objects.records()) {
            owners.put(handle, RecordObjects.owner(objects, handle));
        }
        long[] own = owners.entrySet().stream()
                .filter(found -> found.getValue().equals(Optional.of(owner)))
                .mapToLong(Map.Entry::getKey)
                .toArray();
        if (own.length < 2 && owners.containsValue(Optional.<String>empty())) {
            throw unreadable();
        }
        if (own.length == 2 && haveOurTexts(objects, own[0], own[1])) {
            return new Place(epoch, own[0], own[1], permit);
        }
        if (own.length == 2 && haveOurTexts(objects, own[1], own[0])) {
            return new Place(epoch, own[1], own[0], permit);
        }
        return new Place(epoch, NO_OBJECT, NO_OBJECT, permit);
    }

    private boolean haveOurTexts(TokenObjects objects, long first, long second) {
        return hasTextOf(objects, first, 0) && hasTextOf(objects, second, 1);
    }

    private boolean hasTextOf(TokenObjects objects, long handle, int object) {
        Optional<String> text = RecordObjects.text(objects, handle);
        if (text.isEmpty() && !texts.get(object).contains("")) {
            throw unreadable();
        }
        return texts.get(object).contains(text.orElse(""));
    }

    /** That the token does not show it now says nothing of what it has: no other process is told from that. */
    private static HsmFault unreadable() {
        return new HsmFault(
                Meaning.OWN_FAULT, "expected the record of this process, found a record the token does not show");
    }
}
