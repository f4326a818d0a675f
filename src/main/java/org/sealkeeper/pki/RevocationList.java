package org.sealkeeper.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.sealkeeper.config.ConfigurationFault;

/** One certificate revocation list, and which is the later of two. */
record RevocationList(X509CRL list) {
    /** RFC 5280 section 5.2.3: rises with each list of an authority. */
    private static final String NUMBER = "2.5.29.20";

    boolean isOf(X509Certificate authority) {
        try {
            if (!list.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
                return false;
            }
            list.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    Instant since() {
        return list.getThisUpdate().toInstant();
    }

    /** Empty where the list has none, or none that can be read. */
    Optional<BigInteger> number() {
        byte[] extension = list.getExtensionValue(NUMBER);
        try {
            return extension == null
                    ? Optional.empty()
                    : Optional.of(ASN1Integer.getInstance(
                                    ASN1OctetString.getInstance(extension).getOctets())
                            .getValue());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * An older list takes revocations back.
     *
     * @throws ConfigurationFault if this one, of a file, is older than that in force
     */
    void requireNoOlderThan(RevocationList inForce, KeyFile file) {
        boolean isNumberLower = number().isPresent()
                && inForce.number().isPresent()
                && number().get().compareTo(inForce.number().get()) < 0;
        if (isNumberLower || since().isBefore(inForce.since())) {
            throw file.fault("expected no older revocation list of '" + list.getIssuerX500Principal()
                    + "' than that in force (" + inForce.name() + "), found " + name()
                    + "; it would take revocations back, so fetch the newest");
        }
    }

    private String name() {
        return number().map(number -> "number " + number + " ").orElse("") + "of " + since();
    }
}
