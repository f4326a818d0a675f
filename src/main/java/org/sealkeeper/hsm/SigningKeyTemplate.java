package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_EC;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_EC_EDWARDS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_RSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_EC_EDWARDS_KEY_PAIR_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_EC_KEY_PAIR_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS_KEY_PAIR_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PRIVATE_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;
import org.xipki.pkcs11.wrapper.Mechanism;

/**
 * The template of a new signing key pair.
 *
 * @param id comes before the label in both halves: a token that writes attributes one by one, and dies in between, then
 *     leaves no object that has the label of a key but cannot be known as its own
 */
record SigningKeyTemplate(CkaId id, String label, SigningAlgorithm algorithm) {
    private static final int RSA_BITS = 3072;

    Mechanism generation() {
        return new Mechanism(
                switch (algorithm) {
                    case ES256, ES384 -> CKM_EC_KEY_PAIR_GEN;
                    case PS256 -> CKM_RSA_PKCS_KEY_PAIR_GEN;
                    case EDDSA -> CKM_EC_EDWARDS_KEY_PAIR_GEN;
                });
    }

    KeyPairTemplate attributes() {
        return new KeyPairTemplate(privateKey(), publicKey());
    }

    /** The CKK_ key type of an algorithm. */
    static long keyType(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256, ES384 -> CKK_EC;
            case PS256 -> CKK_RSA;
            case EDDSA -> CKK_EC_EDWARDS;
        };
    }

    private AttributeVector privateKey() {
        return declared(CKO_PRIVATE_KEY, DeclaredAttributes.SIGNING_KEY)
                .allowedMechanisms(new long[] {SigningMechanism.code(algorithm)});
    }

    private AttributeVector publicKey() {
        AttributeVector template = declared(CKO_PUBLIC_KEY, DeclaredAttributes.SIGNING_PUBLIC_KEY);
        return switch (algorithm) {
            case ES256 -> template.ecParams(oid("06082a8648ce3d030107"));
            case ES384 -> template.ecParams(oid("06052b81040022"));
            case EDDSA -> template.ecParams(oid("06032b6570"));
            case PS256 -> template.modulusBits(RSA_BITS).publicExponent(BigInteger.valueOf(65_537));
        };
    }

    private AttributeVector declared(long objectClass, List<DeclaredAttributes.Flag> flags) {
        AttributeVector template = new AttributeVector()
                .class_(objectClass)
                .keyType(keyType(algorithm))
                .id(id.bytes())
                .label(label);
        for (DeclaredAttributes.Flag flag : flags) {
            template.attr(flag.attribute(), flag.value());
        }
        return template;
    }

    private static byte[] oid(String der) {
        return HexFormat.of().parseHex(der);
    }
}
