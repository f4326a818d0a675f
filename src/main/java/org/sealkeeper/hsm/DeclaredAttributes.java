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
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TRUSTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VERIFY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP_WITH_TRUSTED;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a key may do and what may be done to it: one list for the template that makes it and for the check of every start.
 * Nothing is left to a token's defaults; SoftHSM's, for one, are not sensitive and may encrypt.
 */
final class DeclaredAttributes {
    /** A yes-or-no attribute and its declared value. */
    record Flag(long attribute, boolean value) {}

    /** Signs, and nothing else; never leaves; cannot be changed into one that does. */
    static final List<Flag> SIGNING_KEY =
            kept(may(CKA_SIGN), mayNot(CKA_SIGN_RECOVER, CKA_DECRYPT, CKA_UNWRAP, CKA_DERIVE));

    /** The public half of a signing key. */
    static final List<Flag> SIGNING_PUBLIC_KEY = List.of(
            new Flag(CKA_TOKEN, true),
            new Flag(CKA_PRIVATE, false),
            new Flag(CKA_MODIFIABLE, false),
            new Flag(CKA_VERIFY, true),
            new Flag(CKA_ENCRYPT, false),
            new Flag(CKA_WRAP, false),
            new Flag(CKA_DERIVE, false));

    /** What the token itself says of the past of a key that it made; no template can set it. */
    static final List<Flag> PAST = List.of(
            new Flag(CKA_ALWAYS_SENSITIVE, true), new Flag(CKA_NEVER_EXTRACTABLE, true), new Flag(CKA_LOCAL, true));

    /**
     * Wraps and unwraps, and nothing else: AES key wrap is made of single AES blocks, so one that decrypts would open every
     * data key with the user PIN.
     */
    static final List<Flag> KEY_ENCRYPTION_KEY =
            kept(may(CKA_WRAP, CKA_UNWRAP), mayNot(CKA_ENCRYPT, CKA_DECRYPT, CKA_SIGN, CKA_VERIFY, CKA_DERIVE));

    /** Authenticates what is stored beside a wrapped key, and nothing else. */
    static final List<Flag> BINDING_KEY =
            kept(may(CKA_SIGN, CKA_VERIFY), mayNot(CKA_WRAP, CKA_UNWRAP, CKA_ENCRYPT, CKA_DECRYPT, CKA_DERIVE));

    /** Unwraps what was wrapped to its public half: during one rewrap window, or when another token made a data key. */
    static final List<Flag> UNWRAPPING_KEY =
            kept(may(CKA_UNWRAP), mayNot(CKA_DECRYPT, CKA_SIGN, CKA_SIGN_RECOVER, CKA_DERIVE));

    /** The public half of another token's transfer key, while one data key is wrapped to it. */
    static final List<Flag> TRANSFER_PUBLIC_KEY = List.of(
            new Flag(CKA_TOKEN, false),
            new Flag(CKA_PRIVATE, false),
            new Flag(CKA_WRAP, true),
            new Flag(CKA_ENCRYPT, false),
            new Flag(CKA_VERIFY, false),
            new Flag(CKA_DERIVE, false));

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

    private DeclaredAttributes() {}

    private static List<Flag> dataKey(boolean onlyToTrusted) {
        List<Flag> flags = new ArrayList<>(List.of(
                new Flag(CKA_TOKEN, false),
                new Flag(CKA_PRIVATE, true),
                new Flag(CKA_SENSITIVE, true),
                new Flag(CKA_EXTRACTABLE, true),
                new Flag(CKA_WRAP_WITH_TRUSTED, onlyToTrusted),
                new Flag(CKA_COPYABLE, false)));
        flags.addAll(mayNot(CKA_ENCRYPT, CKA_DECRYPT, CKA_SIGN, CKA_VERIFY, CKA_WRAP, CKA_UNWRAP, CKA_DERIVE));
        // Last: SoftHSM applies a template in its order, and refuses whatever comes after this.
        flags.add(new Flag(CKA_MODIFIABLE, false));
        return List.copyOf(flags);
    }

    /** A key that never leaves the token, and does only what it is for. */
    private static List<Flag> kept(List<Flag> may, List<Flag> mayNot) {
        List<Flag> always = List.of(
                new Flag(CKA_TOKEN, true),
                new Flag(CKA_PRIVATE, true),
                new Flag(CKA_SENSITIVE, true),
                new Flag(CKA_EXTRACTABLE, false),
                new Flag(CKA_MODIFIABLE, false),
                new Flag(CKA_COPYABLE, false));
        return Stream.of(always, may, mayNot).flatMap(List::stream).toList();
    }

    private static List<Flag> may(long... uses) {
        return LongStream.of(uses).mapToObj(use -> new Flag(use, true)).toList();
    }

    private static List<Flag> mayNot(long... uses) {
        return LongStream.of(uses).mapToObj(use -> new Flag(use, false)).toList();
    }
}
