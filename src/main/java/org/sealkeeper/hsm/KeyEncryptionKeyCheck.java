package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS_OAEP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA256_HMAC;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
        check(TokenKey.keyEncryption(id), label, KeyEncryptionKeyCheck::checkKeyEncryptionKey);
        check(TokenKey.binding(id), DataKeyTemplates.bindingLabel(label), KeyEncryptionKeyCheck::checkBindingKey);
        if (isInSeveralTokens) {
            check(
                    TokenKey.transfer(id),
                    DataKeyTemplates.transferLabel(label),
                    KeyEncryptionKeyCheck::checkTransferKey);
        }
        return List.copyOf(deviations);
    }

    private void check(TokenKey key, String expectedLabel, Consumer<ObjectCheck> rest) {
        theOnly(key).ifPresent(handle -> {
            ObjectCheck check = of(key, handle);
            check.label(expectedLabel);
            rest.accept(check);
        });
    }

    /** What a key must be that wraps data keys. */
    static void checkKeyEncryptionKey(ObjectCheck check) {
        check(check, DeclaredAttributes.KEY_ENCRYPTION_KEY, CKM_AES_KEY_WRAP);
    }

    /** What a key must be that authenticates what is stored beside a wrapped one. */
    static void checkBindingKey(ObjectCheck check) {
        check(check, DeclaredAttributes.BINDING_KEY, CKM_SHA256_HMAC);
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
        deviations.add(new Deviation("CKA_ID", "number of " + key, "1", Integer.toString(found.length)));
        return Optional.empty();
    }
}
