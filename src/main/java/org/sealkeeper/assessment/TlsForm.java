package org.sealkeeper.assessment;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;

/** What the server's certificates are like: for whom, how strong, by whom. */
public final class TlsForm {
    static final String RENEW = "have a new one issued, and put it in the place of 'tls.certificate' and"
            + " 'tls.key'; the running appliance takes it within seconds";

    private static final int RSA_BITS = 2_048;
    private static final int EC_BITS = 256;
    /** dNSName and iPAddress of RFC 5280 section 4.2.1.6. */
    private static final Set<Integer> HOSTS = Set.of(2, 7);

    /** About the server's certificates, its own first. */
    public static final List<Check<List<X509Certificate>>> SERVER = List.of(
            new Check<>("tls-certificate-names", Safeguard.TRANSMISSION, TlsForm::names),
            new Check<>("tls-certificate-strength", Safeguard.TRANSMISSION, TlsForm::strength),
            new Check<>("tls-certificate-chain", Safeguard.TRANSMISSION, TlsForm::chain));

    private TlsForm() {}

    private static Stream<Answer> names(List<X509Certificate> chain, Instant now) {
        X509Certificate own = chain.getFirst();
        List<String> names = hosts(own);
        return Stream.of(
                names.isEmpty()
                        ? Check.weak(
                                name(own),
                                Severity.MEDIUM,
                                "a subject alternative name of a host, which clients compare (RFC 9525)",
                                "it has none",
                                RENEW)
                        : Check.right(name(own), "it is for " + String.join(", ", names)));
    }

    private static List<String> hosts(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> HOSTS.contains(name.getFirst()))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static Stream<Answer> strength(List<X509Certificate> chain, Instant now) {
        return chain.stream().map(TlsForm::strength);
    }

    private static Answer strength(X509Certificate certificate) {
        String key = keyName(certificate.getPublicKey());
        String signature = certificate.getSigAlgName();
        String found = "its key is " + key + ", signed with " + signature;
        boolean isWeak =
                isWeak(certificate.getPublicKey()) || signature.startsWith("SHA1") || signature.startsWith("MD");
        return isWeak
                ? Check.weak(
                        name(certificate),
                        Severity.HIGH,
                        "RSA of 2048 bits or more or a curve of 256 or more, signed with SHA-2 or better",
                        found,
                        RENEW)
                : Check.right(name(certificate), found);
    }

    private static boolean isWeak(PublicKey key) {
        return switch (key) {
            case RSAKey rsa -> rsa.getModulus().bitLength() < RSA_BITS;
            case ECKey ec -> ec.getParams().getOrder().bitLength() < EC_BITS;
            default -> false;
        };
    }

    private static String keyName(PublicKey key) {
        return switch (key) {
            case RSAKey rsa -> "RSA of " + rsa.getModulus().bitLength() + " bits";
            case ECKey ec -> "EC of " + ec.getParams().getOrder().bitLength() + " bits";
            default -> key.getAlgorithm();
        };
    }

    private static Stream<Answer> chain(List<X509Certificate> chain, Instant now) {
        X509Certificate own = chain.getFirst();
        boolean isInOrder = IntStream.range(1, chain.size()).allMatch(i -> isIssued(chain.get(i - 1), chain.get(i)));
        if (!isInOrder) {
            return Stream.of(
                    Check.weak(name(own), Severity.HIGH, "a chain, each issued by the next", "one is not", RENEW));
        }
        return Stream.of(
                own.getSubjectX500Principal().equals(own.getIssuerX500Principal())
                        ? Check.weak(
                                name(own),
                                Severity.MEDIUM,
                                "a certificate of an authority",
                                "it issued itself: callers must be given each new one",
                                RENEW)
                        : Check.right(name(own), "issued by " + own.getIssuerX500Principal()));
    }

    private static boolean isIssued(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().toString();
    }
}
