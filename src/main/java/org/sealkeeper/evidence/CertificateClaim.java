package org.sealkeeper.evidence;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.verify.VerificationKey;

/** That the certificate of a bundle is of the key that signed. Whether its authority is trusted is for those who have that authority. */
record CertificateClaim(List<String> certificates) {
    private static final String NAME = "certificate-of-key";

    Claim judge(String keyId) {
        if (certificates.isEmpty()) {
            return Claim.unknown(NAME, "there is no certificate in the bundle");
        }
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(certificates.getFirst())));
            byte[] spki = certificate.getPublicKey().getEncoded();
            return isOf(keyId, spki)
                    ? Claim.holds(
                            NAME,
                            "the certificate '" + certificate.getSubjectX500Principal() + "' of '"
                                    + certificate.getIssuerX500Principal() + "' is of this key")
                    : Claim.fails(NAME, "the certificate is of another key");
        } catch (CertificateException | IllegalArgumentException e) {
            return Claim.fails(NAME, "the certificate cannot be read");
        }
    }

    /** The thumbprint of a key does not depend on what it signs with. */
    private static boolean isOf(String keyId, byte[] spki) {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            try {
                if (VerificationKey.of(algorithm, spki).keyId().value().equals(keyId)) {
                    return true;
                }
            } catch (IllegalArgumentException otherAlgorithm) {
                // It is not of this one.
            }
        }
        return false;
    }
}
