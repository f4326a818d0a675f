package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Set;
import org.sealkeeper.hsm.state.Meaning;
import org.xipki.pkcs11.wrapper.AttributeVector;

/**
 * Short texts in the token's data objects, out of reach of one that restores or replaces a store. Every process that has the
 * user PIN sees all of them. Its methods block.
 *
 * <p>The text is the object's CKA_LABEL, the one attribute of a data object that every token lets its owner change (PKCS#11 2.40,
 * table 12); SoftHSM refuses to change CKA_VALUE, which holds the owner's name. To make a new object for each text instead would
 * cost some forty times as much there, and memory that is never given back.
 */
public final class TokenRecords {
    /** So often in a row a record may vanish while all are read. */
    private static final int LOOKS = 20;

    private final TokenWork work;

    TokenRecords(TokenWork work) {
        this.work = work;
    }

    /**
     * Every record that can be read: two of each owner, unless a write was interrupted.
     *
     * @throws HsmFault also where other processes make and destroy records faster than they can be read
     */
    public List<TokenRecord> read() {
        return work.administer(objects -> {
            HsmFault changing = new HsmFault(
                    Meaning.OWN_FAULT, "expected the token's records to hold still, found them changed at each look");
            for (int look = 0; look < LOOKS; look++) {
                try {
                    return RecordObjects.all(objects);
                } catch (HsmFault fault) {
                    if (!fault.isOfMissingObject()) {
                        throw fault;
                    }
                    // The process that destroyed it has made another: what was read so far is of two different moments.
                    changing.addSuppressed(fault);
                }
            }
            throw changing;
        });
    }

    /**
     * Makes a record that only this process writes, and its permit. If we crash in between, some of its objects may be there.
     *
     * @param owner another one for each record ever made
     */
    public OwnRecord create(String owner, String text) {
        return work.administer(objects -> {
            long[] handles = {objects.create(object(owner, text)), objects.create(object(owner, text))};
            return new OwnRecord(work, handles, TokenPermit.create(objects, owner), text);
        });
    }

    /**
     * Destroys the permits of these owners: a write that ends later is not to be relied on. One that ended before is in their records,
     * which stay.
     */
    public void revoke(Set<String> owners) {
        int _ = work.administer(objects -> {
            owners.forEach(owner -> TokenPermit.revoke(objects, owner));
            return owners.size();
        });
    }

    /** Destroys the records of these owners, and of no other. What another process destroyed already is no harm. */
    public void remove(Set<String> owners) {
        int _ = work.administer(objects -> {
            int removed = 0;
            for (long handle : objects.records()) {
                removed += isOf(owners, objects, handle) && objects.destroyIfThere(handle) ? 1 : 0;
            }
            return removed;
        });
    }

    private static boolean isOf(Set<String> owners, TokenObjects objects, long handle) {
        try {
            return RecordObjects.owner(objects, handle).filter(owners::contains).isPresent();
        } catch (HsmFault fault) {
            if (!fault.isOfMissingObject()) {
                throw fault;
            }
            return false;
        }
    }

    private static AttributeVector object(String owner, String text) {
        return TokenObjects.record()
                .token(true)
                .private_(true)
                .modifiable(true)
                .label(text)
                .value(owner.getBytes(UTF_8));
    }
}
