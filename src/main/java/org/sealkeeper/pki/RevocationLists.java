package org.sealkeeper.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.sealkeeper.config.ConfigurationFault;

/** The certificate revocation lists in force (RFC 5280 section 5): complete ones, each good until its nextUpdate. */
record RevocationLists(KeyFile file, List<X509CRL> lists) {
    private static final String DELTA = "2.5.29.27";
    /** As the JDK grants when it reads the list. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

    RevocationLists {
        lists = List.copyOf(lists);
    }

    /**
     * Those of a file; every authority has signed exactly one.
     *
     * @throws ConfigurationFault naming the file and the authority whose list is missing, not complete or not current
     */
    static RevocationLists of(KeyFile file, Collection<X509Certificate> authorities, Instant now) {
        var read = new RevocationLists(file, file.revocationLists());
        for (X509CRL list : read.lists) {
            requireCurrent(list, file, now);
        }
        for (X509Certificate authority : authorities) {
            int signed = read.of(authority).size();
            if (signed != 1) {
                throw file.fault("expected one revocation list that '" + authority.getSubjectX500Principal()
                        + "' signed, found " + signed);
            }
        }
        return read;
    }

    private List<RevocationList> of(X509Certificate authority) {
        return lists.stream()
                .map(RevocationList::new)
                .filter(list -> list.isOf(authority))
                .toList();
    }

    /**
     * Every authority's list must be as new as the one it had.
     *
     * @throws ConfigurationFault naming the file and the authority whose list is older
     */
    void requireNoneOlderThan(RevocationLists inForce, Collection<X509Certificate> authorities) {
        for (X509Certificate authority : authorities) {
            for (RevocationList before : inForce.of(authority)) {
                of(authority).forEach(list -> list.requireNoOlderThan(before, file));
            }
        }
    }

    /** When the first list of this issuer is overdue; never where there is none, but then nothing it issued is accepted. */
    Instant until(X500Principal issuer) {
        return lists.stream()
                .filter(list -> list.getIssuerX500Principal().equals(issuer))
                .map(list -> list.getNextUpdate().toInstant())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** When the first list is overdue. */
    Instant until() {
        return lists.stream()
                .map(list -> list.getNextUpdate().toInstant())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    CertStore store() throws GeneralSecurityException {
        return CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists));
    }

    private static void requireCurrent(X509CRL list, KeyFile file, Instant now) {
        String name = "the revocation list of '" + list.getIssuerX500Principal() + "'";
        if (list.getExtensionValue(DELTA) != null) {
            throw file.fault("expected complete revocation lists; " + name + " is a delta");
        }
        if (list.getNextUpdate() == null) {
            throw file.fault("expected revocation lists that say when the next is due; " + name + " does not");
        }
        Instant since = list.getThisUpdate().toInstant();
        Instant until = list.getNextUpdate().toInstant();
        if (since.isAfter(now.plus(CLOCK_SKEW)) || !until.isAfter(now)) {
            throw file.fault("expected revocation lists that are current; " + name + " is for " + since + " to " + until
                    + "; fetch a newer one");
        }
    }
}
