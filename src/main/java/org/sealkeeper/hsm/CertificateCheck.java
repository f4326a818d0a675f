package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODIFIABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
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
        }
        check.publicKey(
                declared.getPublicKey().getEncoded(), check.bytes(CKA_VALUE).flatMap(CertificateCheck::publicKey));
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
