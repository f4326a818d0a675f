package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TRUSTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_RSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_DATA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ATTRIBUTE_TYPE_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ATTRIBUTE_VALUE_INVALID;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.sealkeeper.hsm.state.Meaning;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/**
 * The objects of the token, as one session sees them. Knows only objects it is asked for by class and CKA_ID or label: a
 * token may hold others, even unreadable ones that an interrupted process left behind.
 */
final class TokenObjects {
    /** The CKA_APPLICATION of {@link TokenRecords}. */
    static final String RECORD = "sealkeeper-record";

    private final Session session;
    private final ObjectLock lock;

    TokenObjects(Session session, ObjectLock lock) {
        this.session = session;
        this.lock = lock;
    }

    /** The handle of the key; 0 or more than 1 is a fault. */
    long only(TokenKey key) {
        long[] found = all(key);
        if (found.length != 1) {
            throw new HsmFault(
                    key.whenMissing(), "expected exactly one " + key + " in the token, found " + found.length);
        }
        return found[0];
    }

    /** The handles of all keys found by this. */
    long[] all(TokenKey key) {
        return find(key.search());
    }

    /** Every public RSA key the token trusts. */
    long[] trustedKeys() {
        return find(new AttributeVector()
                .class_(CKO_PUBLIC_KEY)
                .keyType(CKK_RSA)
                .token(true)
                .attr(CKA_TRUSTED, true));
    }

    long[] withId(long objectClass, CkaId id) {
        return find(new AttributeVector().class_(objectClass).attr(CKA_ID, id.bytes()));
    }

    long[] withLabel(long objectClass, String label) {
        return find(new AttributeVector().class_(objectClass).attr(CKA_LABEL, label));
    }

    /** Every object with this CKA_ID, of whatever class. */
    long[] withId(CkaId id) {
        return find(new AttributeVector().attr(CKA_ID, id.bytes()));
    }

    /** The value of an attribute, in the type the wrapper gives it; empty where the object has none. */
    Optional<Object> attribute(long handle, long type) {
        var attribute = new CK_ATTRIBUTE();
        attribute.type = type;
        CK_ATTRIBUTE[] values = {attribute};
        try {
            // Below the wrapper's session, which cannot read a CKA_ALLOWED_MECHANISMS of one or two mechanisms.
            session.getModule().getPKCS11Module().C_GetAttributeValue(session.getSessionHandle(), handle, values, true);
            return Optional.ofNullable(values[0].pValue);
        } catch (iaik.pkcs.pkcs11.wrapper.PKCS11Exception e) {
            if (e.getErrorCode() == CKR_ATTRIBUTE_TYPE_INVALID || e.getErrorCode() == CKR_ATTRIBUTE_VALUE_INVALID) {
                return Optional.empty();
            }
            throw HsmFault.of("C_GetAttributeValue", e);
        }
    }

    /** Whether the token gives away an attribute that it was told to keep; what it gives is wiped. */
    boolean givesAway(long handle, long type) {
        try {
            Optional<Object> value = attribute(handle, type);
            value.ifPresent(given -> {
                if (given instanceof byte[] bytes) {
                    Arrays.fill(bytes, (byte) 0);
                }
            });
            return value.isPresent();
        } catch (HsmFault fault) {
            // Any other answer, such as that the object is not there, does not show that the value is kept.
            if (fault.meaning() == Meaning.WRONG_REQUEST || fault.meaning() == Meaning.FORBIDDEN) {
                return false;
            }
            throw fault;
        }
    }

    void generate(SigningKeyTemplate template) {
        writing("C_GenerateKeyPair", () -> session.generateKeyPair(template.generation(), template.attributes()));
    }

    void generate(Mechanism mechanism, AttributeVector template) {
        writing("C_GenerateKey", () -> session.generateKey(mechanism, template));
    }

    /** Makes a pair, and gives the handle of its public half. */
    long generatePair(Mechanism mechanism, KeyPairTemplate template) {
        return call(
                "C_GenerateKeyPair",
                lock.writing(),
                () -> session.generateKeyPair(mechanism, template).getPublicKey());
    }

    /** Makes an object, and gives its handle. */
    long create(AttributeVector object) {
        return call("C_CreateObject", lock.writing(), () -> session.createObject(object));
    }

    /** What {@link TokenRecords} are found by. */
    static AttributeVector record() {
        return new AttributeVector().class_(CKO_DATA).application(RECORD);
    }

    /** The handles of all {@link TokenRecords}. */
    long[] records() {
        return find(record());
    }

    void relabel(long handle, String label) {
        writing("C_SetAttributeValue", () -> {
            session.setAttributeValues(handle, new AttributeVector().label(label));
            return handle;
        });
    }

    void destroy(long handle) {
        writing("C_DestroyObject", () -> {
            session.destroyObject(handle);
            return handle;
        });
    }

    /** The handles of all objects that have these attributes: on SoftHSM at a cost for every object of the token. */
    long[] find(AttributeVector template) {
        return call("C_FindObjects", lock.finding(), () -> session.findAllObjectsSingle(template));
    }

    /** Tells whether it was there: another process may have destroyed it. */
    boolean destroyIfThere(long handle) {
        try {
            destroy(handle);
            return true;
        } catch (HsmFault fault) {
            if (!fault.isOfMissingObject()) {
                throw fault;
            }
            return false;
        }
    }

    private void writing(String function, TokenCall<?> call) {
        call(function, lock.writing(), call);
    }

    private interface TokenCall<T> {
        T run() throws PKCS11Exception;
    }

    private static <T> T call(String function, Lock lock, TokenCall<T> call) {
        lock.lock();
        try {
            return call.run();
        } catch (PKCS11Exception e) {
            throw HsmFault.of(function, e);
        } finally {
            lock.unlock();
        }
    }
}
