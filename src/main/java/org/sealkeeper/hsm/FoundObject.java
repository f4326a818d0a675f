package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_APPLICATION;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_PARAMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_POINT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE_LEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_CERTIFICATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_DATA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PRIVATE_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_SECRET_KEY;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xipki.pkcs11.wrapper.AttributeVector;

/**
 * An object of a token, whosever it is.
 *
 * @param objectClass {@link #UNREADABLE} where the token does not tell, as of one whose making was cut off
 * @param id the CKA_ID in lowercase hexadecimal; empty where it has none, as are the texts
 * @param isBlank whether it has neither a name nor anything of a key or a certificate in it
 */
record FoundObject(
        long handle,
        long objectClass,
        Optional<Long> keyType,
        String id,
        String label,
        String application,
        boolean isBlank) {
    static final long UNREADABLE = -1;

    private static final int MOST_SHOWN = 64;
    private static final long[] CONTENT_OF_KEYS = {CKA_MODULUS, CKA_EC_PARAMS, CKA_EC_POINT, CKA_VALUE_LEN};

    /** Every object that the user sees; one that another process destroys meanwhile may be left out. */
    static List<FoundObject> all(TokenObjects objects) {
        List<FoundObject> all = new ArrayList<>();
        for (long handle : objects.find(new AttributeVector())) {
            try {
                all.add(read(objects, handle));
            } catch (HsmFault fault) {
                if (!fault.isOfMissingObject()) {
                    throw fault;
                }
            }
        }
        return all;
    }

    private static FoundObject read(TokenObjects objects, long handle) {
        long objectClass =
                objects.attribute(handle, CKA_CLASS).map(Long.class::cast).orElse(UNREADABLE);
        String id = text(objects, handle, CKA_ID);
        String label = text(objects, handle, CKA_LABEL);
        return new FoundObject(
                handle,
                objectClass,
                objects.attribute(handle, CKA_KEY_TYPE).map(Long.class::cast),
                id,
                label,
                text(objects, handle, CKA_APPLICATION),
                id.isEmpty() && label.isEmpty() && !hasContent(objects, handle, objectClass));
    }

    /** Of what each kind of object has, that which a token lets be read. */
    private static boolean hasContent(TokenObjects objects, long handle, long objectClass) {
        long[] content = objectClass == CKO_CERTIFICATE ? new long[] {CKA_VALUE} : CONTENT_OF_KEYS;
        return Arrays.stream(content)
                .anyMatch(attribute -> objects.attribute(handle, attribute)
                        .filter(value -> !(value instanceof byte[] bytes && bytes.length == 0))
                        .filter(value -> !value.equals(0L) && !value.equals(BigInteger.ZERO))
                        .isPresent());
    }

    private static String text(TokenObjects objects, long handle, long attribute) {
        return objects.attribute(handle, attribute).map(AttributeText::of).orElse("");
    }

    boolean isData(String ofApplication) {
        return objectClass == CKO_DATA && application.equals(ofApplication);
    }

    /**
     * Whether a token that writes objects piece by piece, as SoftHSM does, did not get to the end of it: it has no CKA_CLASS yet, or is a key or a
     * certificate without a name and without content. Nothing can use it. A key of others that has no name is none of these.
     */
    boolean isCutOff() {
        boolean isOfKey = objectClass == CKO_PRIVATE_KEY
                || objectClass == CKO_PUBLIC_KEY
                || objectClass == CKO_SECRET_KEY
                || objectClass == CKO_CERTIFICATE;
        return isBlank && (objectClass == UNREADABLE || isOfKey);
    }

    /** How messages call it. */
    String name() {
        return kind() + (label.isEmpty() ? "" : " '" + shortened() + "'") + (id.isEmpty() ? "" : " with CKA_ID " + id);
    }

    /** The text of a record is long. */
    private String shortened() {
        return label.length() <= MOST_SHOWN ? label : label.substring(0, MOST_SHOWN) + "…";
    }

    private String kind() {
        if (objectClass == CKO_DATA) {
            return "data object";
        } else if (objectClass == CKO_CERTIFICATE) {
            return "certificate";
        } else if (objectClass == CKO_PUBLIC_KEY) {
            return "public key";
        } else if (objectClass == CKO_PRIVATE_KEY) {
            return "private key";
        } else if (objectClass == CKO_SECRET_KEY) {
            return "secret key";
        }
        return objectClass == UNREADABLE ? "object without a readable CKA_CLASS" : "object of class " + objectClass;
    }
}
