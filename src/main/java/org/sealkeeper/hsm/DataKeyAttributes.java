package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_COPYABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DECRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DERIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ENCRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODIFIABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN_RECOVER;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TRUSTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VERIFY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP_WITH_TRUSTED;

import java.util.ArrayList;
import java.util.List;
import org.sealkeeper.hsm.DeclaredAttributes.Flag;

/** What the keys around data keys may do and what may be done to them, as {@link DeclaredAttributes} is for signing keys. */
final class DataKeyAttributes {
    /**
     * Wraps and unwraps, and nothing else: AES key wrap is made of single AES blocks, so one that decrypts would open every
     * data key to whoever has the user PIN.
     */
    static final List<Flag> KEY_ENCRYPTION_KEY = List.of(
            new Flag(CKA_TOKEN, true),
            new Flag(CKA_PRIVATE, true),
            new Flag(CKA_SENSITIVE, true),
            new Flag(CKA_EXTRACTABLE, false),
            new Flag(CKA_MODIFIABLE, false),
            new Flag(CKA_COPYABLE, false),
            new Flag(CKA_WRAP, true),
            new Flag(CKA_UNWRAP, true),
            new Flag(CKA_ENCRYPT, false),
            new Flag(CKA_DECRYPT, false),
            new Flag(CKA_SIGN, false),
            new Flag(CKA_VERIFY, false),
            new Flag(CKA_DERIVE, false));

    /** Authenticates what is stored beside a wrapped key, and nothing else. */
    static final List<Flag> BINDING_KEY = List.of(
            new Flag(CKA_TOKEN, true),
            new Flag(CKA_PRIVATE, true),
            new Flag(CKA_SENSITIVE, true),
            new Flag(CKA_EXTRACTABLE, false),
            new Flag(CKA_MODIFIABLE, false),
            new Flag(CKA_COPYABLE, false),
            new Flag(CKA_SIGN, true),
            new Flag(CKA_VERIFY, true),
            new Flag(CKA_WRAP, false),
            new Flag(CKA_UNWRAP, false),
            new Flag(CKA_ENCRYPT, false),
            new Flag(CKA_DECRYPT, false),
            new Flag(CKA_DERIVE, false));

    /**
     * A data key unwrapped under a key-encryption key: it can be wrapped to a trusted recipient, and nothing else. The key's
     * CKA_UNWRAP_TEMPLATE is this list too, so the token itself refuses to unwrap it as anything weaker.
     */
    static final List<Flag> DATA_KEY = dataKey(true);

    /**
     * A data key just made, or in transit to another key-encryption key, which wraps it though it is not trusted: a token
     * may keep its trusted keys where no login is needed to use them.
     */
    static final List<Flag> UNBOUND_DATA_KEY = dataKey(false);

    /** The security officer's word that data keys may be released to this key. */
    static final List<Flag> RECIPIENT = List.of(
            new Flag(CKA_TOKEN, true),
            new Flag(CKA_PRIVATE, false),
            new Flag(CKA_TRUSTED, true),
            new Flag(CKA_MODIFIABLE, false),
            new Flag(CKA_COPYABLE, false),
            new Flag(CKA_WRAP, true),
            new Flag(CKA_ENCRYPT, false),
            new Flag(CKA_VERIFY, false),
            new Flag(CKA_DERIVE, false));

    /** Unwraps what was wrapped to its public half, during one rewrap window. */
    static final List<Flag> TRANSIT_KEY = List.of(
            new Flag(CKA_TOKEN, true),
            new Flag(CKA_PRIVATE, true),
            new Flag(CKA_SENSITIVE, true),
            new Flag(CKA_EXTRACTABLE, false),
            new Flag(CKA_MODIFIABLE, false),
            new Flag(CKA_COPYABLE, false),
            new Flag(CKA_UNWRAP, true),
            new Flag(CKA_DECRYPT, false),
            new Flag(CKA_SIGN, false),
            new Flag(CKA_SIGN_RECOVER, false),
            new Flag(CKA_DERIVE, false));

    private DataKeyAttributes() {}

    private static List<Flag> dataKey(boolean onlyToTrusted) {
        List<Flag> flags = new ArrayList<>();
        flags.add(new Flag(CKA_TOKEN, false));
        flags.add(new Flag(CKA_PRIVATE, true));
        flags.add(new Flag(CKA_SENSITIVE, true));
        flags.add(new Flag(CKA_EXTRACTABLE, true));
        flags.add(new Flag(CKA_WRAP_WITH_TRUSTED, onlyToTrusted));
        flags.add(new Flag(CKA_COPYABLE, false));
        flags.add(new Flag(CKA_ENCRYPT, false));
        flags.add(new Flag(CKA_DECRYPT, false));
        flags.add(new Flag(CKA_SIGN, false));
        flags.add(new Flag(CKA_VERIFY, false));
        flags.add(new Flag(CKA_WRAP, false));
        flags.add(new Flag(CKA_UNWRAP, false));
        flags.add(new Flag(CKA_DERIVE, false));
        // Last: SoftHSM applies a template in its order, and refuses whatever comes after this.
        flags.add(new Flag(CKA_MODIFIABLE, false));
        return List.copyOf(flags);
    }
}
