package org.sealkeeper.hsm;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Constants.Category;

/** How messages show the value of an attribute, in whichever type the wrapper gives it. */
final class AttributeText {
    /** Longer bytes, those of a certificate for one, are shown by their digest. */
    private static final int MOST_BYTES = 64;

    private AttributeText() {}

    static String of(Object value) {
        return switch (value) {
            case char[] text -> new String(text);
            case long[] codes -> mechanisms(codes);
            case byte[] bytes when bytes.length > MOST_BYTES -> thumbprint(bytes);
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case CK_ATTRIBUTE[] template -> template(template);
            default -> value.toString();
        };
    }

    /** The wrapper gives flags it knows as Boolean, and newer ones (CKA_COPYABLE) as the byte the token gave. */
    static String flag(Object value) {
        boolean flag = value instanceof byte[] bytes ? bytes.length == 1 && bytes[0] == 1 : Objects.equals(value, true);
        return Boolean.toString(flag);
    }

    /** The wrapper gives numbers it does not know as the bytes the token gave. */
    static String number(Object value) {
        return value instanceof byte[] bytes && bytes.length == Long.BYTES
                ? Long.toString(
                        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong())
                : of(value);
    }

    static String mechanisms(long[] codes) {
        return Arrays.stream(codes)
                .mapToObj(code -> PKCS11Constants.codeToName(Category.CKM, code))
                .collect(Collectors.joining(" "));
    }

    static String keyType(long code) {
        return PKCS11Constants.codeToName(Category.CKK, code);
    }

    static String thumbprint(byte[] bytes) {
        return "SHA-256 "
                + HexFormat.of().formatHex(SigningMechanism.digest("SHA-256").digest(bytes));
    }

    /** In one order: each token has its own. */
    private static String template(CK_ATTRIBUTE[] template) {
        return Arrays.stream(template)
                .map(attribute -> PKCS11Constants.codeToName(Category.CKA, attribute.type) + "=" + member(attribute))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** A flag that the wrapper does not know is a byte here and a Boolean there. */
    private static String member(CK_ATTRIBUTE attribute) {
        return attribute.pValue instanceof byte[] bytes && bytes.length == 1
                ? flag(bytes)
                : of(Objects.requireNonNullElse(attribute.pValue, ""));
    }
}
