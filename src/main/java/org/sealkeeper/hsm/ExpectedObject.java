package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE_LEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_AES;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_GENERIC_SECRET;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_RSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_CERTIFICATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PRIVATE_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_SECRET_KEY;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sealkeeper.hsm.DeclaredObjects.KeyEncryption;
import org.sealkeeper.hsm.DeclaredObjects.Leftovers;
import org.sealkeeper.hsm.DeclaredObjects.SigningPair;
import org.sealkeeper.hsm.DeclaredObjects.TransitPair;
import org.sealkeeper.hsm.DeclaredObjects.TrustedRecipient;
import org.sealkeeper.kernel.SigningAlgorithm;

/**
 * One object that a token is to have, and what all of its attributes are to be.
 *
 * @param name how messages call it
 * @param keyType tells secret keys of one CKA_ID apart; empty where the class does
 * @param id the CKA_ID in lowercase hexadecimal
 * @param rest compares every attribute but CKA_ID and CKA_LABEL
 */
record ExpectedObject(
        String name, long objectClass, Optional<Long> keyType, String id, String label, Consumer<ObjectCheck> rest) {

    static List<ExpectedObject> of(DeclaredObjects declared) {
        return switch (declared) {
            case SigningPair pair -> signing(pair);
            case KeyEncryption key -> keyEncryption(key);
            case TrustedRecipient recipient -> List.of(recipient(recipient));
            case TransitPair pair -> transit(pair);
            case Leftovers _ -> List.of();
        };
    }

    /** Whether it is this one, by its CKA_ID. */
    boolean isIdOf(FoundObject found) {
        return isOfKind(found) && found.id().equals(id);
    }

    /** Whether it may be this one, with another CKA_ID. */
    boolean isLabelOf(FoundObject found) {
        return isOfKind(found) && found.label().equals(label);
    }

    private boolean isOfKind(FoundObject found) {
        return found.objectClass() == objectClass && (keyType.isEmpty() || keyType.equals(found.keyType()));
    }

    void compare(ObjectCheck check) {
        check.id(HexFormat.of().parseHex(id));
        check.label(label);
        rest.accept(check);
    }

    private static List<ExpectedObject> signing(SigningPair pair) {
        return List.of(
                one("private key of " + pair.name(), CKO_PRIVATE_KEY, pair.id(), pair.label(), check -> {
                    AttributeCheck.checkPrivateKey(check, pair.key());
                    if (pair.key().algorithm() == SigningAlgorithm.PS256) {
                        check.publicKey(pair.key().spki(), SigningAlgorithm.PS256);
                    }
                    UnstatedAttributes.ofSigningKey(check);
                }),
                one("public key of " + pair.name(), CKO_PUBLIC_KEY, pair.id(), pair.label(), check -> {
                    AttributeCheck.checkPublicKey(check, pair.key());
                    UnstatedAttributes.ofSigningPublicKey(check);
                }),
                one("certificate of " + pair.name(), CKO_CERTIFICATE, pair.id(), pair.label(), check -> {
                    new CertificateCheck(pair.certificate()).compare(check);
                    UnstatedAttributes.ofCertificate(check);
                }));
    }

    private static List<ExpectedObject> keyEncryption(KeyEncryption key) {
        ExpectedObject itself = secret("", CKK_AES, key, key.label(), check -> {
            KeyEncryptionKeyCheck.checkKeyEncryptionKey(check);
            check.unwrapTemplateIfShown(DeclaredAttributes.DATA_KEY);
            UnstatedAttributes.ofKeyEncryptionKey(check);
        });
        ExpectedObject binding = secret(
                "binding key of ", CKK_GENERIC_SECRET, key, DataKeyTemplates.bindingLabel(key.label()), check -> {
                    KeyEncryptionKeyCheck.checkBindingKey(check);
                    UnstatedAttributes.ofBindingKey(check);
                });
        return key.isInSeveralTokens()
                ? List.of(
                        itself,
                        binding,
                        unwrapping(
                                "transfer key of " + key.name(), key.id(), DataKeyTemplates.transferLabel(key.label())))
                : List.of(itself, binding);
    }

    private static ExpectedObject secret(
            String what, long type, KeyEncryption key, String label, Consumer<ObjectCheck> rest) {
        return new ExpectedObject(
                what + key.name(), CKO_SECRET_KEY, Optional.of(type), key.id().hex(), label, check -> {
                    check.value(CKA_VALUE_LEN, DataKeyTemplates.SECRET_BYTES);
                    rest.accept(check);
                });
    }

    private static ExpectedObject recipient(TrustedRecipient recipient) {
        return new ExpectedObject(
                "trusted public key of " + recipient.name(),
                CKO_PUBLIC_KEY,
                Optional.empty(),
                recipient.key().toString(),
                recipient.label(),
                check -> {
                    checkTrusted(check);
                    check.publicKey(recipient.key().spki(), SigningAlgorithm.PS256);
                });
    }

    private static List<ExpectedObject> transit(TransitPair pair) {
        return List.of(
                unwrapping("private transit key of " + pair.name(), pair.id(), pair.label()),
                one(
                        "trusted transit key of " + pair.name(),
                        CKO_PUBLIC_KEY,
                        pair.id(),
                        pair.label(),
                        ExpectedObject::checkTrusted));
    }

    private static void checkTrusted(ObjectCheck check) {
        check.type(CKK_RSA);
        TrustedKeyCheck.check(check);
        UnstatedAttributes.ofTrustedKey(check);
    }

    private static ExpectedObject unwrapping(String name, CkaId id, String label) {
        return one(name, CKO_PRIVATE_KEY, id, label, check -> {
            check.type(CKK_RSA);
            KeyEncryptionKeyCheck.checkTransferKey(check);
            check.unwrapTemplateIfShown(DeclaredAttributes.UNBOUND_DATA_KEY);
            UnstatedAttributes.ofUnwrappingKey(check);
        });
    }

    private static ExpectedObject one(
            String name, long objectClass, CkaId id, String label, Consumer<ObjectCheck> rest) {
        return new ExpectedObject(name, objectClass, Optional.empty(), id.hex(), label, rest);
    }
}
