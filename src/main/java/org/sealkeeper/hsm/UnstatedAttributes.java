package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALLOWED_MECHANISMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALWAYS_AUTHENTICATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CERTIFICATE_CATEGORY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_COPYABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DESTROYABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_END_DATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_HASH_OF_ISSUER_PUBLIC_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_HASH_OF_SUBJECT_PUBLIC_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_JAVA_MIDP_SECURITY_DOMAIN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_NAME_HASH_ALGORITHM;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_OBJECT_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_START_DATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SUBJECT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TRUSTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP_TEMPLATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_URL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VERIFY_RECOVER;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP_TEMPLATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP_WITH_TRUSTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA_1;

import java.util.List;
import org.sealkeeper.hsm.DeclaredAttributes.Flag;

/**
 * What the templates leave to the token, as a token leaves it: whoever makes an object anew with one of them changed leaves a trace. No start
 * asks for them, since tokens may do without; but CKA_VERIFY_RECOVER, they all have the default that PKCS#11 gives them.
 */
final class UnstatedAttributes {
    private static final Flag COPYABLE = new Flag(CKA_COPYABLE, true);
    private static final Flag DESTROYABLE = new Flag(CKA_DESTROYABLE, true);
    private static final Flag UNTRUSTED = new Flag(CKA_TRUSTED, false);
    private static final Flag WRAPPED_BY_ANY = new Flag(CKA_WRAP_WITH_TRUSTED, false);
    private static final Flag LOGIN_SUFFICES = new Flag(CKA_ALWAYS_AUTHENTICATE, false);
    /** PKCS#11 leaves it to the token; SoftHSM lets every public key recover. */
    private static final Flag RECOVERS = new Flag(CKA_VERIFY_RECOVER, true);

    private UnstatedAttributes() {}

    static void ofSigningKey(ObjectCheck check) {
        check.flagsIfAny(List.of(DESTROYABLE, WRAPPED_BY_ANY, LOGIN_SUFFICES));
        check.none(List.of(CKA_START_DATE, CKA_END_DATE, CKA_SUBJECT, CKA_UNWRAP_TEMPLATE));
    }

    static void ofSigningPublicKey(ObjectCheck check) {
        check.flagsIfAny(List.of(DESTROYABLE, COPYABLE, UNTRUSTED, RECOVERS));
        check.none(List.of(CKA_START_DATE, CKA_END_DATE, CKA_SUBJECT, CKA_WRAP_TEMPLATE, CKA_ALLOWED_MECHANISMS));
    }

    static void ofTrustedKey(ObjectCheck check) {
        check.flagsIfAny(List.of(DESTROYABLE, RECOVERS));
        check.none(List.of(CKA_START_DATE, CKA_END_DATE, CKA_SUBJECT, CKA_WRAP_TEMPLATE));
    }

    static void ofKeyEncryptionKey(ObjectCheck check) {
        check.flagsIfAny(List.of(DESTROYABLE, UNTRUSTED, WRAPPED_BY_ANY));
        check.none(List.of(CKA_START_DATE, CKA_END_DATE, CKA_WRAP_TEMPLATE));
    }

    static void ofBindingKey(ObjectCheck check) {
        ofKeyEncryptionKey(check);
        check.none(List.of(CKA_UNWRAP_TEMPLATE));
    }

    static void ofUnwrappingKey(ObjectCheck check) {
        check.flagsIfAny(List.of(DESTROYABLE, WRAPPED_BY_ANY, LOGIN_SUFFICES));
        check.none(List.of(CKA_START_DATE, CKA_END_DATE, CKA_SUBJECT));
    }

    static void ofCertificate(ObjectCheck check) {
        check.flagsIfAny(List.of(DESTROYABLE, COPYABLE, UNTRUSTED));
        check.numberIfAny(CKA_CERTIFICATE_CATEGORY, 0);
        check.numberIfAny(CKA_JAVA_MIDP_SECURITY_DOMAIN, 0);
        check.numberIfAny(CKA_NAME_HASH_ALGORITHM, CKM_SHA_1);
        check.none(List.of(
                CKA_START_DATE, CKA_END_DATE, CKA_URL, CKA_HASH_OF_SUBJECT_PUBLIC_KEY, CKA_HASH_OF_ISSUER_PUBLIC_KEY));
    }

    static void ofRecord(ObjectCheck check) {
        check.flagsIfAny(List.of(DESTROYABLE, COPYABLE));
        check.none(List.of(CKA_OBJECT_ID));
    }
}
