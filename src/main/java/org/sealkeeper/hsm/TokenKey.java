package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TRUSTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_AES;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_GENERIC_SECRET;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_RSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PRIVATE_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_SECRET_KEY;

import java.util.HexFormat;
import org.sealkeeper.hsm.state.Meaning;
import org.xipki.pkcs11.wrapper.AttributeVector;

/**
 * What one key is found by in the token: its kind and its CKA_ID.
 *
 * @param id the CKA_ID in lowercase hexadecimal
 */
record TokenKey(Kind kind, String id) {

    /** What a key is for, which its class and type tell among the keys of one CKA_ID. */
    enum Kind {
        SIGNING("private key"),
        KEY_ENCRYPTION("key-encryption key"),
        BINDING("binding key"),
        RECIPIENT("trusted public key"),
        TRANSIT("private transit key"),
        TRANSFER("private transfer key");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * What it means that the token does not have it. Recipients and transit keys come and go while the appliance runs; all others are there as long
     * as the token is the one it was.
     */
    Meaning whenMissing() {
        return switch (kind) {
            case SIGNING, KEY_ENCRYPTION, BINDING, TRANSFER -> Meaning.KEY_MISSING;
            case RECIPIENT, TRANSIT -> Meaning.OWN_FAULT;
        };
    }

    static TokenKey signing(CkaId id) {
        return new TokenKey(Kind.SIGNING, id.hex());
    }

    static TokenKey keyEncryption(CkaId id) {
        return new TokenKey(Kind.KEY_ENCRYPTION, id.hex());
    }

    static TokenKey binding(CkaId id) {
        return new TokenKey(Kind.BINDING, id.hex());
    }

    static TokenKey recipient(RecipientKey key) {
        return new TokenKey(Kind.RECIPIENT, key.toString());
    }

    /** The half of a transit pair that the security officer created: the token may wrap to it. */
    static TokenKey transitPublic(CkaId id) {
        return new TokenKey(Kind.RECIPIENT, id.hex());
    }

    static TokenKey transit(CkaId id) {
        return new TokenKey(Kind.TRANSIT, id.hex());
    }

    /** What another token passes new data keys to; beside a key-encryption key that is in several tokens. */
    static TokenKey transfer(CkaId kek) {
        return new TokenKey(Kind.TRANSFER, kek.hex());
    }

    /** What {@code C_FindObjects} is given. */
    AttributeVector search() {
        AttributeVector search = switch (kind) {
            case SIGNING -> new AttributeVector().class_(CKO_PRIVATE_KEY);
            case KEY_ENCRYPTION -> new AttributeVector().class_(CKO_SECRET_KEY).keyType(CKK_AES);
            case BINDING -> new AttributeVector().class_(CKO_SECRET_KEY).keyType(CKK_GENERIC_SECRET);
            case RECIPIENT ->
                new AttributeVector().class_(CKO_PUBLIC_KEY).keyType(CKK_RSA).attr(CKA_TRUSTED, true);
            case TRANSIT, TRANSFER ->
                new AttributeVector().class_(CKO_PRIVATE_KEY).keyType(CKK_RSA);
        };
        return search.token(true).attr(CKA_ID, HexFormat.of().parseHex(id));
    }

    @Override
    public String toString() {
        return kind.text + " with CKA_ID " + id;
    }
}
