package org.sealkeeper.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.config.ConfigurationFault;

/**
 * The authorities whose client certificates are accepted, and what they have revoked. Judges by RFC 5280 section 6, by the JDK's
 * own validator and with nothing but what lies here: no network is asked.
 */
public final class Authorities {
    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    private final Set<X509Certificate> certificates;
    private final Set<TrustAnchor> anchors;
    private final Optional<RevocationLists> revocations;

    private Authorities(Set<X509Certificate> certificates, Optional<RevocationLists> revocations) {
        this.certificates = certificates;
        this.anchors = certificates.stream()
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(Collectors.toUnmodifiableSet());
        this.revocations = revocations;
    }

    /**
     * Reads the files and checks them whole.
     *
     * @param revocations where it is present, every certificate of a chain must be covered by one of its lists
     * @throws ConfigurationFault naming the file that is not PEM, holds a certificate that is not that of an authority or not
     *     valid now, or lacks a current revocation list
     */
    public static Authorities of(KeyFile authorities, Optional<KeyFile> revocations, Instant now) {
        var certificates = new LinkedHashSet<>(authorities.authorities());
        for (X509Certificate certificate : certificates) {
            ServerCertificate.requireValid(certificate, authorities, now);
            requireUsable(certificate, authorities);
        }
        return new Authorities(certificates, revocations.map(file -> RevocationLists.of(file, certificates, now)));
    }

    /** The JDK ignores name constraints of the authorities it is given as trusted, so one that has some is not trusted here. */
    private static void requireUsable(X509Certificate certificate, KeyFile file) {
        String name = "'" + certificate.getSubjectX500Principal() + "'";
        if (certificate.getBasicConstraints() < 0) {
            throw file.fault("expected certificates of authorities (CA:TRUE); " + name + " is none");
        }
        if (certificate.getExtensionValue(NAME_CONSTRAINTS) != null) {
            throw file.fault("expected authorities without name constraints, found some in " + name
                    + "; trust the authority above it, under which they are applied");
        }
    }

    /** Their certificates, in the order of the file. */
    public List<X509Certificate> certificates() {
        return List.copyOf(certificates);
    }

    /**
     * What takes the place of other authorities must not take their revocations back.
     *
     * @throws ConfigurationFault naming the file of the revocation list that is older than the one in force
     */
    public void requireNoOlderRevocations(Authorities inForce) {
        revocations.ifPresent(
                lists -> inForce.revocations.ifPresent(before -> lists.requireNoneOlderThan(before, certificates)));
    }

    /** Until when a certificate of any of these can be accepted: all have ended then, or their revocation lists are overdue. */
    public Instant believedUntil() {
        return certificates.stream()
                .map(authority -> earlier(
                        authority.getNotAfter().toInstant(),
                        revocations
                                .map(lists -> lists.until(authority.getSubjectX500Principal()))
                                .orElse(Instant.MAX)))
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** When the first revocation list is overdue; empty where there are none. */
    public Optional<Instant> revocationsUntil() {
        return revocations.map(RevocationLists::until);
    }

    /**
     * Judges the certificates a client shows.
     *
     * @param shown the client's own first, each issued by the next; TLS has checked that the client has the private key
     */
    public Judgement judge(List<X509Certificate> shown, Instant now) {
        var chain = new ClientChain(shown);
        return chain.complaint().<Judgement>map(Judgement.Refused::new).orElseGet(() -> validate(chain, now));
    }

    /** The JDK's validator does not ask a trusted authority how long a path below it may be; this does. */
    private Judgement validate(ClientChain chain, Instant now) {
        List<X509Certificate> path = chain.certificates().stream()
                .takeWhile(certificate -> !certificates.contains(certificate))
                .toList();
        try {
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
            var validator = CertPathValidator.getInstance("PKIX");
            var result = (PKIXCertPathValidatorResult) validator.validate(certPath, parameters(validator, now));
            X509Certificate anchor = result.getTrustAnchor().getTrustedCert();
            if (path.size() - 1 > anchor.getBasicConstraints()) {
                return new Judgement.Refused(Complaint.of(PKIXReason.PATH_TOO_LONG));
            }
            Instant until = until(path, anchor);
            return until.isBefore(now)
                    ? new Judgement.Refused(
                            "is not vouched for any more: its authority, or the authority's revocation list,"
                                    + " has expired")
                    : new Judgement.Genuine(chain.own(), until);
        } catch (CertPathValidatorException e) {
            return new Judgement.Refused(Complaint.of(e.getReason()));
        } catch (GeneralSecurityException e) {
            return new Judgement.Refused("cannot be validated");
        }
    }

    private PKIXParameters parameters(CertPathValidator validator, Instant now) throws GeneralSecurityException {
        var parameters = new PKIXParameters(anchors);
        parameters.setDate(Date.from(now));
        parameters.setRevocationEnabled(false); // it would ask the network; the checker below does not
        if (revocations.isPresent()) {
            var checker = (PKIXRevocationChecker) validator.getRevocationChecker();
            checker.setOptions(
                    EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
            parameters.addCertPathChecker(checker);
            parameters.addCertStore(revocations.get().store());
        }
        return parameters;
    }

    private Instant until(List<X509Certificate> path, X509Certificate anchor) {
        Stream<Instant> ends = Stream.concat(path.stream(), Stream.of(anchor))
                .map(certificate -> certificate.getNotAfter().toInstant());
        Stream<Instant> overdue = revocations.stream()
                .flatMap(lists -> path.stream().map(certificate -> lists.until(certificate.getIssuerX500Principal())));
        return Stream.concat(ends, overdue).min(Instant::compareTo).orElseThrow();
    }
}
