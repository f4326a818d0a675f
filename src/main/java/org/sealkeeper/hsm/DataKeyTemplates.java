package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_AES;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_GENERIC_SECRET;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_RSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS_OAEP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA256_HMAC;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PRIVATE_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_SECRET_KEY;

import java.math.BigInteger;
import java.util.List;
import org.sealkeeper.hsm.DeclaredAttributes.Flag;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;

/**
 * The templates of the keys around data keys. Every attribute is stated. The CKA_ID comes before the label: a token that
 * writes attributes one by one, and dies in between, then leaves no object that has a label but cannot be known as ours.
 */
final class DataKeyTemplates {
    /** Of a key-encryption key (AES-256), and of a binding key. */
    static final long SECRET_BYTES = 32;

    private static final int AES_256_BYTES = 32;
    private static final int BINDING_KEY_BYTES = 32;
    private static final int UNWRAPPING_BITS = 3072;
    private static final BigInteger UNWRAPPING_EXPONENT = BigInteger.valueOf(65_537);

    private DataKeyTemplates() {}

    static AttributeVector keyEncryptionKey(CkaId id, String label) {
        return key(CKO_SECRET_KEY, CKK_AES, id.bytes(), label, DeclaredAttributes.KEY_ENCRYPTION_KEY)
                .valueLen(AES_256_BYTES)
                .allowedMechanisms(new long[] {CKM_AES_KEY_WRAP})
                .unwrapTemplate(dataKey(DeclaredAttributes.DATA_KEY));
    }

    static AttributeVector bindingKey(CkaId id, String label) {
        return key(CKO_SECRET_KEY, CKK_GENERIC_SECRET, id.bytes(), bindingLabel(label), DeclaredAttributes.BINDING_KEY)
                .valueLen(BINDING_KEY_BYTES)
                .allowedMechanisms(new long[] {CKM_SHA256_HMAC});
    }

    /** The label of the binding key beside the key-encryption key of this label. */
    static String bindingLabel(String label) {
        return label + "-binding";
    }

    /** What {@code C_UnwrapKey} is given: the whole of the unwrapping key's CKA_UNWRAP_TEMPLATE, or SoftHSM refuses. */
    static AttributeVector dataKey(List<Flag> flags) {
        return with(flags, new AttributeVector().class_(CKO_SECRET_KEY).keyType(CKK_AES));
    }

    static AttributeVector newDataKey() {
        return dataKey(DeclaredAttributes.UNBOUND_DATA_KEY).valueLen(AES_256_BYTES);
    }

    /** The public key as the security officer creates it, with CKA_TRUSTED. */
    static AttributeVector recipient(RecipientKey key, String label) {
        return trusted(key, key.digest(), label);
    }

    /** The public half of a transit pair as the security officer creates it. */
    static AttributeVector transitPublic(CkaId id, String label, RecipientKey key) {
        return trusted(key, id.bytes(), label);
    }

    /** The pair as the user makes it. Its public half goes with the session: that object is not trusted. */
    static KeyPairTemplate transit(CkaId id, String label) {
        return unwrapping(id, label);
    }

    /** The pair beside a key-encryption key that is in several tokens. Its public half goes with the session: others need but its bytes. */
    static KeyPairTemplate transfer(CkaId id, String label) {
        return unwrapping(id, transferLabel(label));
    }

    /** The label of the transfer key beside the key-encryption key of this label. */
    static String transferLabel(String label) {
        return label + "-transfer";
    }

    /** The transfer key of another token: nothing but new data keys, which any key may wrap, can be wrapped to it. */
    static AttributeVector transferPublic(RecipientKey key) {
        return with(
                DeclaredAttributes.TRANSFER_PUBLIC_KEY,
                new AttributeVector()
                        .class_(CKO_PUBLIC_KEY)
                        .keyType(CKK_RSA)
                        .modulus(key.modulus())
                        .publicExponent(key.exponent()));
    }

    private static KeyPairTemplate unwrapping(CkaId id, String label) {
        AttributeVector privateKey = key(CKO_PRIVATE_KEY, CKK_RSA, id.bytes(), label, DeclaredAttributes.UNWRAPPING_KEY)
                .allowedMechanisms(new long[] {CKM_RSA_PKCS_OAEP})
                .unwrapTemplate(dataKey(DeclaredAttributes.UNBOUND_DATA_KEY));
        AttributeVector publicKey = new AttributeVector()
                .class_(CKO_PUBLIC_KEY)
                .keyType(CKK_RSA)
                .token(false)
                .private_(false)
                .modulusBits(UNWRAPPING_BITS)
                .publicExponent(UNWRAPPING_EXPONENT);
        return new KeyPairTemplate(privateKey, publicKey);
    }

    private static AttributeVector trusted(RecipientKey key, byte[] id, String label) {
        return key(CKO_PUBLIC_KEY, CKK_RSA, id, label, DeclaredAttributes.RECIPIENT)
                .modulus(key.modulus())
                .publicExponent(key.exponent())
                .allowedMechanisms(new long[] {CKM_RSA_PKCS_OAEP});
    }

    private static AttributeVector key(long objectClass, long type, byte[] id, String label, List<Flag> flags) {
        return with(
                flags,
                new AttributeVector().class_(objectClass).keyType(type).id(id).label(label));
    }

    private static AttributeVector with(List<Flag> flags, AttributeVector template) {
        flags.forEach(flag -> template.attr(flag.attribute(), flag.value()));
        return template;
    }
}
