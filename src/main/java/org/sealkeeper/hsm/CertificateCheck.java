package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CHECK_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODIFIABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.hsm.DeclaredAttributes.Flag;
import org.xipki.pkcs11.wrapper.attrs.Attribute;

/** Compares a certificate in the token with the catalogued one. */
final class CertificateCheck {
    private static final List<Flag> FLAGS =
            List.of(new Flag(CKA_TOKEN, true), new Flag(CKA_PRIVATE, false), new Flag(CKA_MODIFIABLE, false));

    private final X509Certificate declared;

    CertificateCheck(X509Certificate declared) {
        this.declared = declared;
    }

    void compare(ObjectCheck check) {
        check.flags(FLAGS);
        for (Attribute attribute : CertificateTemplate.content(declared).snapshot()) {
            check.value(attribute.type(), attribute.getValue());
            if (attribute.type() == CKA_VALUE) {
                check.bytesIfAny(CKA_CHECK_VALUE, checkValue((byte[]) attribute.getValue()));
            }
        }
        check.publicKey(
                declared.getPublicKey().getEncoded(), check.bytes(CKA_VALUE).flatMap(CertificateCheck::publicKey));
    }

    /** PKCS#11 2.40, section 4.6.2: the first three bytes of SHA-1. */
    private static byte[] checkValue(byte[] der) {
        return Arrays.copyOf(SigningMechanism.digest("SHA-1").digest(der), 3);
    }

    private static Optional<byte[]> publicKey(byte[] der) {
        try {
            return Optional.of(CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey()
                    .getEncoded());
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
