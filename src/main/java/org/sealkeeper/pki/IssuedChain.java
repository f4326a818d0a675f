package org.sealkeeper.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The certificates that an authority issued for a key that signs. */
public final class IssuedChain {
    private static final int DIGITAL_SIGNATURE = 0;

    private IssuedChain() {}

    /**
     * Reads them, and validates the path to an authority (RFC 5280 section 6).
     *
     * @param file the key's own certificate first, each issued by the next
     * @param authorities those that are trusted; one of them issued the last
     * @param revocations current lists of the authorities, where they revoke; then every certificate must be covered by one
     * @return as in the file, without the trusted authority itself
     * @throws org.sealkeeper.config.ConfigurationFault naming the file and what is wrong
     */
    public static List<X509Certificate> read(
            KeyFile file, KeyFile authorities, Optional<KeyFile> revocations, Instant now) {
        List<X509Certificate> trusted = authorities.authorities();
        List<X509Certificate> chain = file.certificates().stream()
                .takeWhile(certificate -> !trusted.contains(certificate))
                .toList();
        if (chain.isEmpty()) {
            throw file.fault("expected a certificate of a key first, found a trusted authority");
        }
        boolean[] usage = chain.getFirst().getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            throw file.fault("expected a certificate for digital signatures (keyUsage)");
        }
        validate(chain, trusted, revocations.map(lists -> RevocationLists.of(lists, trusted, now)), file, now);
        return chain;
    }

    private static void validate(
            List<X509Certificate> chain,
            List<X509Certificate> trusted,
            Optional<RevocationLists> revocations,
            KeyFile file,
            Instant now) {
        Set<TrustAnchor> anchors = new HashSet<>();
        trusted.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
        try {
            var parameters = new PKIXParameters(anchors);
            // With lists alone: the JDK asks no server for them, or by OCSP.
            parameters.setRevocationEnabled(revocations.isPresent());
            if (revocations.isPresent()) {
                parameters.addCertStore(revocations.get().store());
            }
            parameters.setDate(Date.from(now));
            var path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
            var _ = CertPathValidator.getInstance("PKIX").validate(path, parameters);
        } catch (CertPathValidatorException e) {
            throw file.fault("expected certificates that lead to one of the authorities: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no PKIX validator", e);
        }
    }
}
