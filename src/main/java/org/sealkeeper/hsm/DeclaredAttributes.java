package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALWAYS_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_COPYABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DECRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DERIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ENCRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LOCAL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODIFIABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_NEVER_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN_RECOVER;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VERIFY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP;

import java.util.List;

/**
 * What a signing key may do and what may be done to it: one list for the template that makes it and for the check of every
 * start. Nothing is left to a token's defaults; SoftHSM's, for one, are not sensitive and may encrypt.
 */
final class DeclaredAttributes {
    /** A yes-or-no attribute and its declared value. */
    record Flag(long attribute, boolean value) {}

    /** Signs, and nothing else; never leaves; cannot be changed into one that does. */
    static final List<Flag> PRIVATE_KEY = List.of(
            new Flag(CKA_TOKEN, true),
            new Flag(CKA_PRIVATE, true),
            new Flag(CKA_SENSITIVE, true),
            new Flag(CKA_EXTRACTABLE, false),
            new Flag(CKA_MODIFIABLE, false),
            new Flag(CKA_COPYABLE, false),
            new Flag(CKA_SIGN, true),
            new Flag(CKA_SIGN_RECOVER, false),
            new Flag(CKA_DECRYPT, false),
            new Flag(CKA_UNWRAP, false),
            new Flag(CKA_DERIVE, false));

    /** What the token itself says of the key's past; no template can set it. */
    static final List<Flag> PRIVATE_KEY_PAST = List.of(
            new Flag(CKA_ALWAYS_SENSITIVE, true), new Flag(CKA_NEVER_EXTRACTABLE, true), new Flag(CKA_LOCAL, true));

    static final List<Flag> PUBLIC_KEY = List.of(
            new Flag(CKA_TOKEN, true),
            new Flag(CKA_PRIVATE, false),
            new Flag(CKA_MODIFIABLE, false),
            new Flag(CKA_VERIFY, true),
            new Flag(CKA_ENCRYPT, false),
            new Flag(CKA_WRAP, false),
            new Flag(CKA_DERIVE, false));

    private DeclaredAttributes() {}
}
