package org.sealkeeper.pki;

import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The certificates a client shows, its own first. What an unknown client makes us calculate with them is bounded here, before any
 * signature is verified.
 */
record ClientChain(List<X509Certificate> certificates) {
    private static final int MAX_LENGTH = 5;
    private static final int MIN_RSA_BITS = 2_048;
    private static final int MAX_RSA_BITS = 8_192;
    private static final int MIN_EC_BITS = 256;
    private static final int MAX_EC_BITS = 521;
    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
    private static final int DIGITAL_SIGNATURE = 0;

    ClientChain {
        certificates = List.copyOf(certificates);
    }

    X509Certificate own() {
        return certificates.getFirst();
    }

    /** Why it is refused, whichever authority issued it; empty where it is not. */
    Optional<String> complaint() {
        if (certificates.size() > MAX_LENGTH) {
            return Optional.of("comes with " + certificates.size() + " certificates, expected at most " + MAX_LENGTH);
        }
        for (X509Certificate certificate : certificates) {
            if (!isKeyInBounds(certificate.getPublicKey())) {
                return Optional.of("has a key, or comes with one, that is neither RSA of " + MIN_RSA_BITS + " to "
                        + MAX_RSA_BITS + " bits, nor of a NIST or Edwards curve");
            }
            if (isSignedWeakly(certificate)) {
                return Optional.of("is signed with a broken hash: " + certificate.getSigAlgName());
            }
        }
        return Optional.ofNullable(
                own().getBasicConstraints() >= 0
                        ? "is that of an authority, not of a caller"
                        : isForClients() ? null : "is not for client authentication");
    }

    /** Said by the certificate itself: one that says nothing about its purpose was not made for this one. */
    private boolean isForClients() {
        try {
            List<String> purposes = own().getExtendedKeyUsage();
            boolean[] usages = own().getKeyUsage();
            return purposes != null
                    && purposes.contains(CLIENT_AUTHENTICATION)
                    && (usages == null || usages[DIGITAL_SIGNATURE]);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static boolean isKeyInBounds(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> isWithin(MIN_RSA_BITS, rsa.getModulus().bitLength(), MAX_RSA_BITS);
            case ECPublicKey ec ->
                isWithin(MIN_EC_BITS, ec.getParams().getCurve().getField().getFieldSize(), MAX_EC_BITS);
            case EdECPublicKey _ -> true;
            default -> false;
        };
    }

    private static boolean isWithin(int least, int bits, int most) {
        return least <= bits && bits <= most;
    }

    private static boolean isSignedWeakly(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        return algorithm.startsWith("SHA1") || algorithm.startsWith("MD");
    }
}
