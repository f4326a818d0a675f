package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SERIAL_NUMBER;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKC_X_509;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_CERTIFICATE;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1Integer;
import org.xipki.pkcs11.wrapper.AttributeVector;

/** The template of a certificate that lies beside its key. */
final class CertificateTemplate {
    private CertificateTemplate() {}

    static AttributeVector of(CkaId id, String label, X509Certificate certificate) {
        return content(certificate)
                .class_(CKO_CERTIFICATE)
                .id(id.bytes())
                .label(label)
                .token(true)
                .private_(false)
                .modifiable(false);
    }

    /** What is of the certificate, and not of its object. */
    static AttributeVector content(X509Certificate certificate) {
        try {
            return new AttributeVector()
                    .certificateType(CKC_X_509)
                    .subject(certificate.getSubjectX500Principal().getEncoded())
                    .issuer(certificate.getIssuerX500Principal().getEncoded())
                    .attr(CKA_SERIAL_NUMBER, new ASN1Integer(certificate.getSerialNumber()).getEncoded())
                    .value(certificate.getEncoded());
        } catch (CertificateEncodingException | IOException e) {
            throw new IllegalArgumentException("expected a certificate that can be encoded", e);
        }
    }
}
