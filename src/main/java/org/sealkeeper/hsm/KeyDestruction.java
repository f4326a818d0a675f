package org.sealkeeper.hsm;

/** Destroys what has one CKA_ID. */
final class KeyDestruction {
    private KeyDestruction() {}

    /** Destroys every object with this CKA_ID, and no other; tells how many there were. */
    static int of(CkaId id, TokenWork work) {
        work.epoch().handles().forget(id);
        return work.administer(objects -> {
            long[] handles = objects.withId(id);
            for (long handle : handles) {
                objects.destroy(handle);
            }
            return handles.length;
        });
    }
}
