package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALLOWED_MECHANISMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP_TEMPLATE;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.hsm.DeclaredAttributes.Flag;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Constants.Category;

/** Compares the attributes of one object in the token with what was declared of it. */
final class ObjectCheck {
    private static final String NONE = "none";
    private static final String NOT_SHOWN = "one that the token does not show";

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

    void id(byte[] expected) {
        require(CKA_ID, AttributeText.of(expected));
    }

    void label(String expected) {
        require(CKA_LABEL, expected);
    }

    void type(long expected) {
        Optional<String> found =
                objects.attribute(handle, CKA_KEY_TYPE).map(type -> AttributeText.keyType((Long) type));
        check(CKA_KEY_TYPE, AttributeText.keyType(expected), found);
    }

    void flags(List<Flag> flags) {
        for (Flag flag : flags) {
            Optional<String> found = objects.attribute(handle, flag.attribute()).map(AttributeText::flag);
            check(flag.attribute(), Boolean.toString(flag.value()), found);
        }
    }

    void onlyMechanism(long expected) {
        require(CKA_ALLOWED_MECHANISMS, AttributeText.mechanisms(new long[] {expected}));
    }

    /** Bytes or a number. */
    void value(long attribute, Object expected) {
        require(attribute, AttributeText.of(expected));
    }

    /** Flags that no template states: a token may do without them. */
    void flagsIfAny(List<Flag> flags) {
        for (Flag flag : flags) {
            objects.attribute(handle, flag.attribute())
                    .map(AttributeText::flag)
                    .ifPresent(found -> check(flag.attribute(), Boolean.toString(flag.value()), Optional.of(found)));
        }
    }

    /** Attributes that no template states, and that mean something only where they have a value. */
    void none(List<Long> attributes) {
        for (long attribute : attributes) {
            textIfShown(attribute)
                    .filter(found -> !found.isEmpty())
                    .ifPresent(found -> check(attribute, NONE, Optional.of(found)));
        }
    }

    /**
     * SoftHSM fails where it is asked for a date of a private object, and only where there is one. Whether it is the token that fails is told
     * by its next answer.
     */
    private Optional<String> textIfShown(long attribute) {
        try {
            return objects.attribute(handle, attribute).map(AttributeText::of);
        } catch (HsmFault fault) {
            if (fault.isOfMissingObject()
                    || objects.attribute(handle, CKA_CLASS).isEmpty()) {
                throw fault;
            }
            return Optional.of(NOT_SHOWN);
        }
    }

    /** Numbers that no template states. */
    void numberIfAny(long attribute, long expected) {
        objects.attribute(handle, attribute)
                .map(AttributeText::number)
                .ifPresent(found -> check(attribute, Long.toString(expected), Optional.of(found)));
    }

    /** Bytes that no template states. */
    void bytesIfAny(long attribute, byte[] expected) {
        objects.attribute(handle, attribute)
                .map(AttributeText::of)
                .ifPresent(found -> check(attribute, AttributeText.of(expected), Optional.of(found)));
    }

    /** What may be unwrapped with it. Tokens do not all show it: one that does not is asked by trying. */
    void unwrapTemplateIfShown(List<Flag> dataKey) {
        objects.attribute(handle, CKA_UNWRAP_TEMPLATE)
                .map(AttributeText::of)
                .ifPresent(found -> check(
                        CKA_UNWRAP_TEMPLATE,
                        AttributeText.of(DataKeyTemplates.dataKey(dataKey).toCkAttributes()),
                        Optional.of(found)));
    }

    /** The public key, as an algorithm has it. */
    void publicKey(byte[] expected, SigningAlgorithm algorithm) {
        publicKey(expected, new TokenPublicKey(objects, handle).spki(algorithm));
    }

    /** The public key; {@code found} is empty where the object has no readable one. */
    void publicKey(byte[] expected, Optional<byte[]> found) {
        if (found.isEmpty() || !Arrays.equals(found.get(), expected)) {
            deviations.add(new Deviation(
                    Deviation.PUBLIC_KEY,
                    name,
                    AttributeText.thumbprint(expected),
                    found.map(AttributeText::thumbprint).orElse("no readable key")));
        }
    }

    /** The bytes of an attribute; empty where the object has none. */
    Optional<byte[]> bytes(long attribute) {
        return objects.attribute(handle, attribute).map(value -> value instanceof byte[] bytes ? bytes : new byte[0]);
    }

    private void require(long attribute, String expected) {
        check(attribute, expected, objects.attribute(handle, attribute).map(AttributeText::of));
    }

    private void check(long attribute, String expected, Optional<String> found) {
        if (!found.equals(Optional.of(expected))) {
            String attributeName = PKCS11Constants.codeToName(Category.CKA, attribute);
            deviations.add(new Deviation(
                    attributeName, attributeName + " of its " + name, expected, found.orElse("no such attribute")));
        }
    }
}
