package org.sealkeeper.cli.devpki;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sealkeeper.cli.console.PemFiles;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.pki.KeyFile;

/** The revocation list of a development PKI, {@code crl.pem}: kept while it is current and says all it should. */
public record DevelopmentRevocations(PemFiles files, InstantSource clock) {
    private static final String CA = "ca";

    /** The list's file. */
    record Entry(Path file, boolean issuedNow) {}

    /**
     * Revokes certificates of the folder; what was revoked stays so.
     *
     * @throws ConfigurationFault if one is not there, or was issued by another authority
     */
    public Entry complete(Collection<String> revoked) {
        var authority = new DevelopmentAuthority(files.readCertificate(CA), files.readKey(CA));
        Set<BigInteger> before = serials(authority);
        Set<BigInteger> serials = new TreeSet<>(before);
        for (String name : revoked) {
            var certificate = files.readCertificate(name);
            if (!authority.issued(certificate)) {
                throw new ConfigurationFault(files.certificate(name) + ": was not issued by " + files.certificate(CA));
            }
            serials.add(certificate.getSerialNumber());
        }
        boolean isKept = isCurrent(authority) && serials.equals(before);
        if (!isKept) {
            files.writeRevocations(authority.revoking(serials, clock));
        }
        return new Entry(files.revocations(), !isKept);
    }

    private Set<BigInteger> serials(DevelopmentAuthority authority) {
        Set<BigInteger> serials = new TreeSet<>();
        for (X509CRL list : lists(authority)) {
            Collection<? extends X509CRLEntry> entries = list.getRevokedCertificates();
            if (entries != null) {
                entries.forEach(entry -> serials.add(entry.getSerialNumber()));
            }
        }
        return serials;
    }

    private boolean isCurrent(DevelopmentAuthority authority) {
        return lists(authority).stream()
                .anyMatch(list -> list.getNextUpdate().toInstant().isAfter(clock.instant()));
    }

    private List<X509CRL> lists(DevelopmentAuthority authority) {
        if (!Files.exists(files.revocations())) {
            return List.of();
        }
        List<X509CRL> lists = KeyFile.read(files.revocations()).revocationLists();
        try {
            for (X509CRL list : lists) {
                list.verify(authority.certificate().getPublicKey());
            }
            return lists;
        } catch (GeneralSecurityException e) {
            throw new ConfigurationFault(
                    files.revocations() + ": expected the revocation list of this authority: " + e.getMessage()
                            + "; remove it, and run this again",
                    e);
        }
    }
}
