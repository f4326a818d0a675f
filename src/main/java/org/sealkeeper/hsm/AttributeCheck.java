package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALLOWED_MECHANISMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PRIVATE_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sealkeeper.verify.VerificationKey;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Constants.Category;

/** Compares one key in the token with what was declared of it, and tells every difference. */
final class AttributeCheck {
    private final TokenObjects objects;
    private final CkaId id;
    private final String label;
    private final VerificationKey declared;
    private final List<Deviation> deviations = new ArrayList<>();

    AttributeCheck(TokenObjects objects, CkaId id, String label, VerificationKey declared) {
        this.objects = objects;
        this.id = id;
        this.label = label;
        this.declared = declared;
    }

    List<Deviation> deviations() {
        theOnly(CKO_PRIVATE_KEY, "private key").ifPresent(this::checkPrivateKey);
        theOnly(CKO_PUBLIC_KEY, "public key").ifPresent(this::checkPublicKey);
        return List.copyOf(deviations);
    }

    private void checkPrivateKey(long handle) {
        checkType(handle, "private key");
        checkFlags(handle, "private key", DeclaredAttributes.PRIVATE_KEY);
        checkFlags(handle, "private key", DeclaredAttributes.PRIVATE_KEY_PAST);
        check(
                CKA_ALLOWED_MECHANISMS,
                "private key",
                mechanisms(new long[] {SigningMechanism.code(declared.algorithm())}),
                objects.attribute(handle, CKA_ALLOWED_MECHANISMS).map(AttributeCheck::shown));
    }

    private void checkPublicKey(long handle) {
        checkType(handle, "public key");
        checkFlags(handle, "public key", DeclaredAttributes.PUBLIC_KEY);
        Optional<byte[]> spki = new TokenPublicKey(objects, handle).spki(declared.algorithm());
        if (spki.isEmpty() || !Arrays.equals(spki.get(), declared.spki())) {
            String found = spki.map(AttributeCheck::thumbprint).orElse("no readable key");
            deviations.add(new Deviation("public key", thumbprint(declared.spki()), found));
        }
    }

    /** The object of this class which alone has the CKA_ID, and alone the label. */
    private Optional<Long> theOnly(long objectClass, String name) {
        long[] withId = objects.withId(objectClass, id);
        long[] withLabel = objects.withLabel(objectClass, label);
        if (withId.length != 1) {
            deviations.add(new Deviation(name + "s with CKA_ID " + id, "1", Integer.toString(withId.length)));
            return Optional.empty();
        }
        check(CKA_LABEL, name, label, objects.attribute(withId[0], CKA_LABEL).map(AttributeCheck::shown));
        if (withLabel.length > 1) {
            deviations.add(new Deviation(name + "s with CKA_LABEL " + label, "1", Integer.toString(withLabel.length)));
        }
        return Optional.of(withId[0]);
    }

    private void checkType(long handle, String name) {
        long expected = SigningKeyTemplate.keyType(declared.algorithm());
        Optional<String> found = objects.attribute(handle, CKA_KEY_TYPE).map(type -> keyType((Long) type));
        check(CKA_KEY_TYPE, name, keyType(expected), found);
    }

    private void checkFlags(long handle, String name, List<DeclaredAttributes.Flag> flags) {
        for (DeclaredAttributes.Flag flag : flags) {
            Optional<String> found = objects.attribute(handle, flag.attribute()).map(AttributeCheck::flag);
            check(flag.attribute(), name, Boolean.toString(flag.value()), found);
        }
    }

    private void check(long attribute, String name, String expected, Optional<String> found) {
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
