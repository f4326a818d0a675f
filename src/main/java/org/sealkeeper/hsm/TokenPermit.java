package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_DATA;

import java.util.Arrays;
import org.xipki.pkcs11.wrapper.AttributeVector;

/**
 * The permit of one process to write its {@link OwnRecord}: an object in the token that is never changed, and destroyed by the process that takes
 * the keys from that process. To look for it by its handle costs the same however many objects the token has.
 */
record TokenPermit(String owner, long handle) {
    /** Its CKA_APPLICATION. */
    static final String APPLICATION = "sealkeeper-permit";

    static TokenPermit create(TokenObjects objects, String owner) {
        return new TokenPermit(
                owner,
                objects.create(template(owner)
                        .token(true)
                        .private_(true)
                        .modifiable(false)
                        .label(owner)));
    }

    /** That of an owner, in a new epoch; where it is gone, one that is not there. */
    static TokenPermit find(TokenObjects objects, String owner) {
        return new TokenPermit(
                owner, Arrays.stream(objects.find(template(owner))).findFirst().orElse(0));
    }

    /** A token may give the handle of a destroyed object to a new one. */
    boolean isThere(TokenObjects objects) {
        try {
            return objects.attribute(handle, CKA_VALUE)
                    .filter(value -> Arrays.equals((byte[]) value, owner.getBytes(UTF_8)))
                    .isPresent();
        } catch (HsmFault fault) {
            if (!fault.isOfMissingObject()) {
                throw fault;
            }
            return false;
        }
    }

    void destroy(TokenObjects objects) {
        revoke(objects, owner);
    }

    /** Destroys every permit of this owner: a machine that was turned back may have made another. */
    static void revoke(TokenObjects objects, String owner) {
        for (long permit : objects.find(template(owner))) {
            objects.destroyIfThere(permit);
        }
    }

    static AttributeVector template(String owner) {
        return new AttributeVector().class_(CKO_DATA).application(APPLICATION).value(owner.getBytes(UTF_8));
    }
}
