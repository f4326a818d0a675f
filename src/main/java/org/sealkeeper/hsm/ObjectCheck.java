package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALLOWED_MECHANISMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sealkeeper.hsm.DeclaredAttributes.Flag;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Constants.Category;

/** Compares the attributes of one object in the token with what was declared of it. */
final class ObjectCheck {
    private final TokenObjects objects;
    private final long handle;
    private final String name;
    private final List<Deviation> deviations;

    /**
     * @param name how messages call the object
     * @param deviations what is found is added here
     */
    ObjectCheck(TokenObjects objects, long handle, String name, List<Deviation> deviations) {
        this.objects = objects;
        this.handle = handle;
        this.name = name;
        this.deviations = deviations;
    }

    void label(String expected) {
        check(CKA_LABEL, expected, objects.attribute(handle, CKA_LABEL).map(ObjectCheck::shown));
    }

    void type(long expected) {
        Optional<String> found = objects.attribute(handle, CKA_KEY_TYPE).map(type -> keyType((Long) type));
        check(CKA_KEY_TYPE, keyType(expected), found);
    }

    void flags(List<Flag> flags) {
        for (Flag flag : flags) {
            Optional<String> found = objects.attribute(handle, flag.attribute()).map(ObjectCheck::flag);
            check(flag.attribute(), Boolean.toString(flag.value()), found);
        }
    }

    void onlyMechanism(long expected) {
        check(
                CKA_ALLOWED_MECHANISMS,
                mechanisms(new long[] {expected}),
                objects.attribute(handle, CKA_ALLOWED_MECHANISMS).map(ObjectCheck::shown));
    }

    /** The public key; {@code found} is empty where the object has no readable one. */
    void publicKey(byte[] expected, Optional<byte[]> found) {
        if (found.isEmpty() || !Arrays.equals(found.get(), expected)) {
            deviations.add(new Deviation(
                    name,
                    thumbprint(expected),
                    found.map(ObjectCheck::thumbprint).orElse("no readable key")));
        }
    }

    private void check(long attribute, String expected, Optional<String> found) {
        if (!found.equals(Optional.of(expected))) {
            String what = PKCS11Constants.codeToName(Category.CKA, attribute) + " of its " + name;
            deviations.add(new Deviation(what, expected, found.orElse("no such attribute")));
        }
    }

    /** The wrapper gives flags it knows as Boolean, and newer ones (CKA_COPYABLE) as the byte the token gave. */
    private static String flag(Object value) {
        boolean flag = value instanceof byte[] bytes ? bytes.length == 1 && bytes[0] == 1 : Objects.equals(value, true);
        return Boolean.toString(flag);
    }

    private static String shown(Object value) {
        return switch (value) {
            case char[] text -> new String(text);
            case long[] codes -> mechanisms(codes);
            default -> value.toString();
        };
    }

    private static String mechanisms(long[] codes) {
        return Arrays.stream(codes)
                .mapToObj(code -> PKCS11Constants.codeToName(Category.CKM, code))
                .collect(Collectors.joining(" "));
    }

    private static String keyType(long code) {
        return PKCS11Constants.codeToName(Category.CKK, code);
    }

    private static String thumbprint(byte[] spki) {
        return "SHA-256 "
                + HexFormat.of().formatHex(SigningMechanism.digest("SHA-256").digest(spki));
    }
}
