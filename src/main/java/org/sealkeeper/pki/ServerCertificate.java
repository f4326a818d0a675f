package org.sealkeeper.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.sealkeeper.config.ConfigurationFault;

/**
 * What the appliance shows its callers: its certificate chain, its own certificate first, and the key of that one.
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * Reads both files and checks that they belong together.
     *
     * @throws ConfigurationFault naming the file that is not PEM, not valid now, out of order, or of another key
     */
    public static ServerCertificate of(KeyFile certificates, KeyFile key, Instant now) {
        var read = new ServerCertificate(certificates.certificates(), key.privateKey());
        for (X509Certificate certificate : read.chain) {
            requireValid(certificate, certificates, now);
        }
        for (int i = 1; i < read.chain.size(); i++) {
            requireIssued(read.chain.get(i - 1), read.chain.get(i), certificates);
        }
        if (!isPair(read.key, read.chain.getFirst().getPublicKey())) {
            throw key.fault("expected the key of the first certificate of 'tls.certificate', found another");
        }
        return read;
    }

    /** When the first of the chain ends. */
    public Instant until() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    static void requireValid(X509Certificate certificate, KeyFile file, Instant now) {
        try {
            certificate.checkValidity(Date.from(now));
        } catch (CertificateException e) {
            throw file.fault("expected certificates that are valid now; '" + certificate.getSubjectX500Principal()
                    + "' is valid from " + certificate.getNotBefore().toInstant() + " to "
                    + certificate.getNotAfter().toInstant());
        }
    }

    private static void requireIssued(X509Certificate certificate, X509Certificate issuer, KeyFile file) {
        try {
            certificate.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw file.fault("expected a chain, each certificate issued by the next; '"
                    + certificate.getSubjectX500Principal() + "' was not");
        }
    }

    /** By trial: whether what one signs the other verifies. */
    private static boolean isPair(PrivateKey key, PublicKey other) {
        byte[] message = {1, 2, 3};
        try {
            Signature signer = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "EC" -> "SHA256withECDSA";
                        case "RSA" -> "SHA256withRSA";
                        case "RSASSA-PSS" -> "RSASSA-PSS";
                        default -> "EdDSA";
                    });
            if (key.getAlgorithm().equals("RSASSA-PSS")) {
                signer.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signer.initSign(key);
            signer.update(message);
            byte[] signature = signer.sign();
            signer.initVerify(other);
            signer.update(message);
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
