package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALLOWED_MECHANISMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALWAYS_AUTHENTICATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALWAYS_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_APPLICATION;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CERTIFICATE_CATEGORY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CERTIFICATE_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CHECK_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_COPYABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DECRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DERIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DESTROYABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ENCRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_END_DATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_HASH_OF_ISSUER_PUBLIC_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_HASH_OF_SUBJECT_PUBLIC_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ISSUER;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_JAVA_MIDP_SECURITY_DOMAIN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_GEN_MECHANISM;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LOCAL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODIFIABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_NAME_HASH_ALGORITHM;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_NEVER_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_OBJECT_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SERIAL_NUMBER;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN_RECOVER;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_START_DATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SUBJECT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TRUSTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP_TEMPLATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_URL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE_LEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VERIFY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VERIFY_RECOVER;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP_TEMPLATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP_WITH_TRUSTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKC_WTLS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_ECB;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA256;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CK_CERTIFICATE_CATEGORY_AUTHORITY;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.sealkeeper.hsm.AlteredObjects.Alteration;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Constants.Category;

/**
 * An attribute that a token may let somebody choose, with another value than Sealkeeper's.
 *
 * @param value another than Sealkeeper gives it; empty for a flag, which is turned round
 */
record AlterableAttribute(long code, Optional<Object> value) {
    private static final Set<Long> TRUE_UNLESS_STATED = Set.of(CKA_COPYABLE, CKA_DESTROYABLE, CKA_VERIFY_RECOVER);

    /** All that SoftHSM knows of any of these objects, but what makes up the key itself. */
    static final List<AlterableAttribute> ALL = Stream.concat(
                    LongStream.of(
                                    CKA_TOKEN,
                                    CKA_PRIVATE,
                                    CKA_MODIFIABLE,
                                    CKA_COPYABLE,
                                    CKA_TRUSTED,
                                    CKA_SENSITIVE,
                                    CKA_EXTRACTABLE,
                                    CKA_ALWAYS_SENSITIVE,
                                    CKA_NEVER_EXTRACTABLE,
                                    CKA_LOCAL,
                                    CKA_ENCRYPT,
                                    CKA_DECRYPT,
                                    CKA_SIGN,
                                    CKA_SIGN_RECOVER,
                                    CKA_VERIFY,
                                    CKA_VERIFY_RECOVER,
                                    CKA_WRAP,
                                    CKA_UNWRAP,
                                    CKA_DERIVE,
                                    CKA_WRAP_WITH_TRUSTED,
                                    CKA_ALWAYS_AUTHENTICATE)
                            .mapToObj(flag -> new AlterableAttribute(flag, Optional.empty())),
                    Stream.of(
                            to(CKA_LABEL, "other"),
                            to(CKA_ID, "another CKA_ID !".getBytes(UTF_8)),
                            to(CKA_START_DATE, Instant.parse("2020-01-01T00:00:00Z")),
                            to(CKA_END_DATE, Instant.parse("2030-01-01T00:00:00Z")),
                            to(CKA_SUBJECT, new byte[] {0x30, 0}),
                            to(CKA_ALLOWED_MECHANISMS, new long[] {CKM_AES_ECB}),
                            to(CKA_WRAP_TEMPLATE, new AttributeVector().extractable(true)),
                            to(CKA_UNWRAP_TEMPLATE, new AttributeVector().extractable(true)),
                            to(CKA_VALUE_LEN, 16),
                            to(CKA_CHECK_VALUE, new byte[] {1, 2, 3}),
                            to(CKA_KEY_GEN_MECHANISM, CKM_AES_ECB),
                            to(CKA_CERTIFICATE_TYPE, CKC_WTLS),
                            to(CKA_CERTIFICATE_CATEGORY, CK_CERTIFICATE_CATEGORY_AUTHORITY),
                            to(CKA_ISSUER, new byte[] {0x30, 0}),
                            to(CKA_SERIAL_NUMBER, new byte[] {2, 1, 1}),
                            to(CKA_URL, "http://example"),
                            to(CKA_HASH_OF_SUBJECT_PUBLIC_KEY, new byte[] {1}),
                            to(CKA_HASH_OF_ISSUER_PUBLIC_KEY, new byte[] {1}),
                            to(CKA_JAVA_MIDP_SECURITY_DOMAIN, 1L),
                            to(CKA_NAME_HASH_ALGORITHM, CKM_SHA256),
                            to(CKA_VALUE, "other".getBytes(UTF_8)),
                            to(CKA_APPLICATION, "other"),
                            to(CKA_OBJECT_ID, new byte[] {6, 1, 1}),
                            // Last: what cannot be destroyed stays.
                            new AlterableAttribute(CKA_DESTROYABLE, Optional.empty())))
            .toList();

    private static AlterableAttribute to(long code, Object value) {
        return new AlterableAttribute(code, Optional.of(value));
    }

    String name() {
        return PKCS11Constants.codeToName(Category.CKA, code);
    }

    Alteration alteration() {
        return template ->
                Alteration.to(code, value.orElseGet(() -> !flag(template))).of(template);
    }

    /** What changes an object. */
    AttributeVector change(TokenObjects objects, long handle) {
        return new AttributeVector()
                .attr(
                        code,
                        value.orElseGet(() -> !objects.attribute(handle, code)
                                .map(flag -> Boolean.parseBoolean(AttributeText.flag(flag)))
                                .orElse(false)));
    }

    /** As the template states it, or as SoftHSM leaves it. */
    private boolean flag(AttributeVector template) {
        return template.snapshot().stream()
                .filter(stated -> stated.type() == code)
                .findFirst()
                .map(stated -> Boolean.parseBoolean(AttributeText.flag(stated.getValue())))
                .orElse(TRUE_UNLESS_STATED.contains(code));
    }
}
