package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_KEY_HANDLE_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_KEY_NOT_WRAPPABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_OBJECT_HANDLE_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_WRAPPING_KEY_HANDLE_INVALID;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/**
 * Encrypts data keys to public keys that the token's security officer trusts.
 *
 * <p>The token refuses all others by itself. What is checked here besides is that the object with the recipient's CKA_ID
 * has the recipient's key: trusted says that an officer created it, not for which recipient.
 */
final class RecipientWrapping {
    private static final Set<Long> GONE =
            Set.of(CKR_WRAPPING_KEY_HANDLE_INVALID, CKR_KEY_HANDLE_INVALID, CKR_OBJECT_HANDLE_INVALID);

    private final Epoch epoch;
    private final Session session;
    private final Mechanism oaep;

    RecipientWrapping(Epoch epoch, Session session, RecipientAlgorithm algorithm) {
        this.epoch = epoch;
        this.session = session;
        this.oaep = algorithm.mechanism();
    }

    /** The data key encrypted to the recipient; empty where the token has no such trusted key, or not this one alone. */
    Optional<byte[]> wrap(RecipientKey recipient, SessionKey dataKey) {
        TokenKey key = TokenKey.recipient(recipient);
        Optional<Long> remembered = epoch.handles().remembered(key);
        Optional<Long> handle = remembered.or(() -> find(key, recipient));
        if (handle.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(session.wrapKey(oaep, handle.get(), dataKey.handle()));
        } catch (PKCS11Exception e) {
            epoch.handles().forget(key);
            if (e.getErrorCode() == CKR_KEY_NOT_WRAPPABLE) {
                return Optional.empty();
            }
            if (remembered.isPresent() && GONE.contains(e.getErrorCode())) {
                // Another process retired the recipient, and may have enrolled it again.
                return wrap(recipient, dataKey);
            }
            throw HsmFault.of("C_WrapKey", e);
        }
    }

    /** Encrypts a data key to the transit key of a rewrap window, which unwraps it as one that any key may wrap. */
    SessionKey pass(CkaId transit, SessionKey bound) {
        TokenObjects objects = epoch.objects(session);
        long publicKey = epoch.handles().of(TokenKey.transitPublic(transit), objects::only);
        long privateKey = epoch.handles().of(TokenKey.transit(transit), objects::only);
        String function = "C_WrapKey";
        try {
            byte[] encrypted = session.wrapKey(oaep, publicKey, bound.handle());
            function = "C_UnwrapKey";
            var template = DataKeyTemplates.dataKey(DeclaredAttributes.UNBOUND_DATA_KEY);
            return new SessionKey(session, session.unwrapKey(oaep, privateKey, encrypted, template));
        } catch (PKCS11Exception e) {
            epoch.handles().forget(transit);
            throw HsmFault.of(function, e);
        }
    }

    private Optional<Long> find(TokenKey key, RecipientKey recipient) {
        TokenObjects objects = epoch.objects(session);
        long[] found = objects.all(key);
        if (found.length != 1 || !isThatOf(recipient, new TokenPublicKey(objects, found[0]))) {
            return Optional.empty();
        }
        epoch.handles().remember(key, found[0]);
        return Optional.of(found[0]);
    }

    private static boolean isThatOf(RecipientKey recipient, TokenPublicKey found) {
        return found.rsa().filter(spki -> Arrays.equals(spki, recipient.spki())).isPresent();
    }
}
