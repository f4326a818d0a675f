package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS_OAEP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA256_HMAC;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.hsm.DeclaredAttributes.Flag;

/**
 * Compares a key-encryption key, and the keys beside it, with what was declared of them. Tokens do not all show a
 * CKA_UNWRAP_TEMPLATE: whether it is enforced is found out by trying.
 */
final class KeyEncryptionKeyCheck {
    private final TokenObjects objects;
    private final CkaId id;
    private final String label;
    private final List<Deviation> deviations = new ArrayList<>();

    KeyEncryptionKeyCheck(TokenObjects objects, CkaId id, String label) {
        this.objects = objects;
        this.id = id;
        this.label = label;
    }

    /** @param isInSeveralTokens whether it must have a transfer key beside it */
    List<Deviation> deviations(boolean isInSeveralTokens) {
        check(TokenKey.keyEncryption(id), label, DeclaredAttributes.KEY_ENCRYPTION_KEY, CKM_AES_KEY_WRAP);
        check(
                TokenKey.binding(id),
                DataKeyTemplates.bindingLabel(label),
                DeclaredAttributes.BINDING_KEY,
                CKM_SHA256_HMAC);
        if (isInSeveralTokens) {
            TokenKey transfer = TokenKey.transfer(id);
            theOnly(transfer).ifPresent(handle -> {
                ObjectCheck check = of(transfer, handle);
                check.label(DataKeyTemplates.transferLabel(label));
                checkTransferKey(check);
            });
        }
        return List.copyOf(deviations);
    }

    private void check(TokenKey key, String expectedLabel, List<Flag> flags, long mechanism) {
        theOnly(key).ifPresent(handle -> {
            ObjectCheck check = of(key, handle);
            check.label(expectedLabel);
            check(check, flags, mechanism);
        });
    }

    /** What a transfer key must be before a data key is passed to it: one that the token made, which never leaves it and only unwraps. */
    static void checkTransferKey(ObjectCheck check) {
        check(check, DeclaredAttributes.UNWRAPPING_KEY, CKM_RSA_PKCS_OAEP);
    }

    private static void check(ObjectCheck check, List<Flag> flags, long mechanism) {
        check.flags(flags);
        check.flags(DeclaredAttributes.PAST);
        check.onlyMechanism(mechanism);
    }

    private ObjectCheck of(TokenKey key, long handle) {
        return new ObjectCheck(objects, handle, key.kind().text(), deviations);
    }

    private Optional<Long> theOnly(TokenKey key) {
        long[] found = objects.all(key);
        if (found.length == 1) {
            return Optional.of(found[0]);
        }
        deviations.add(new Deviation("number of " + key, "1", Integer.toString(found.length)));
        return Optional.empty();
    }
}
