package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALLOWED_MECHANISMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALWAYS_AUTHENTICATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALWAYS_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_COPYABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DECRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DERIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DESTROYABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_PARAMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ENCRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_GEN_MECHANISM;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LOCAL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODIFIABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS_BITS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_NEVER_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN_RECOVER;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TRUSTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP_TEMPLATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE_LEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VERIFY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP_TEMPLATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP_WITH_TRUSTED;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Constants.Category;

/** What the attributes of an object say of who may do what with it (PKCS#11 3.1 sections 4.7 to 4.10); never its value. */
record ReadAttributes(FoundObject object, String text) {
    private static final List<Long> FLAGS = List.of(
            CKA_TOKEN,
            CKA_PRIVATE,
            CKA_SENSITIVE,
            CKA_ALWAYS_SENSITIVE,
            CKA_EXTRACTABLE,
            CKA_NEVER_EXTRACTABLE,
            CKA_LOCAL,
            CKA_MODIFIABLE,
            CKA_COPYABLE,
            CKA_DESTROYABLE,
            CKA_SIGN,
            CKA_SIGN_RECOVER,
            CKA_VERIFY,
            CKA_ENCRYPT,
            CKA_DECRYPT,
            CKA_WRAP,
            CKA_UNWRAP,
            CKA_DERIVE,
            CKA_WRAP_WITH_TRUSTED,
            CKA_TRUSTED,
            CKA_ALWAYS_AUTHENTICATE);

    private static final List<Long> OTHERS = List.of(
            CKA_EC_PARAMS,
            CKA_MODULUS_BITS,
            CKA_VALUE_LEN,
            CKA_ALLOWED_MECHANISMS,
            CKA_WRAP_TEMPLATE,
            CKA_UNWRAP_TEMPLATE);

    static ReadAttributes of(FoundObject object, TokenObjects objects) {
        String flags = FLAGS.stream()
                .flatMap(flag ->
                        value(objects, object, flag).map(AttributeText::flag).map(text -> named(flag, text)).stream())
                .collect(Collectors.joining(" "));
        String others = OTHERS.stream()
                .flatMap(
                        attribute -> value(objects, object, attribute)
                                .map(AttributeText::number)
                                .map(text -> named(attribute, text))
                                .stream())
                .collect(Collectors.joining(" "));
        String type = object.keyType()
                .map(code -> named(CKA_KEY_TYPE, AttributeText.keyType(code)))
                .orElse("");
        String made = value(objects, object, CKA_KEY_GEN_MECHANISM)
                .map(code -> named(CKA_KEY_GEN_MECHANISM, mechanism(code)))
                .orElse("");
        return new ReadAttributes(
                object,
                object.name() + ": "
                        + List.of(type, made, flags, others).stream()
                                .filter(part -> !part.isEmpty())
                                .collect(Collectors.joining(" ")));
    }

    private static Optional<Object> value(TokenObjects objects, FoundObject object, long attribute) {
        return objects.attribute(object.handle(), attribute);
    }

    private static String mechanism(Object code) {
        return code instanceof Long number ? AttributeText.mechanisms(new long[] {number}) : AttributeText.number(code);
    }

    private static String named(long attribute, String text) {
        return Objects.toString(PKCS11Constants.codeToName(Category.CKA, attribute)) + "=" + text;
    }
}
