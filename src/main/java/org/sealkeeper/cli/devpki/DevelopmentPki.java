package org.sealkeeper.cli.devpki;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.sealkeeper.cli.console.PemFiles;
import org.sealkeeper.config.ConfigurationFault;

/** The folder of a development PKI: what is there and in order stays, what is missing is issued. */
public final class DevelopmentPki {
    private static final String CA = "ca";

    private final PemFiles files;
    private final InstantSource clock;
    private final SecureRandom random;

    public DevelopmentPki(Path folder, InstantSource clock, SecureRandom random) {
        this.files = new PemFiles(folder);
        this.clock = clock;
        this.random = random;
    }

    /** One certificate of the folder. */
    record Entry(String name, Path certificate, Path key, boolean issuedNow) {}

    /**
     * Completes the folder.
     *
     * @return the authority's own certificate, then the wanted ones in order
     * @throws ConfigurationFault if a file is not what its name says, has expired or comes from another authority
     */
    public List<Entry> complete(List<DevelopmentCertificate> wanted) {
        List<Entry> entries = new ArrayList<>();
        boolean isNew = !files.has(CA);
        DevelopmentAuthority authority = isNew ? createAuthority(wanted) : openAuthority();
        entries.add(entry(CA, isNew));
        for (var certificate : wanted) {
            entries.add(provide(certificate, authority));
        }
        return entries;
    }

    private DevelopmentAuthority createAuthority(List<DevelopmentCertificate> wanted) {
        for (var certificate : wanted) {
            requireAbsent(files.certificate(certificate.name()));
        }
        requireAbsent(files.certificate(CA));
        var authority = DevelopmentAuthority.create(clock, random);
        files.write(CA, authority.certificate(), authority.key());
        return authority;
    }

    /** Certificates without their authority would look complete and be of no use. */
    private void requireAbsent(Path file) {
        if (Files.exists(file)) {
            throw new ConfigurationFault(file + ": lies here without " + files.key(CA)
                    + ", which issued it; remove the folder and run this again");
        }
    }

    private DevelopmentAuthority openAuthority() {
        X509Certificate certificate = files.readCertificate(CA);
        requireValid(CA, certificate);
        return new DevelopmentAuthority(certificate, files.readKey(CA));
    }

    private Entry provide(DevelopmentCertificate wanted, DevelopmentAuthority authority) {
        if (files.has(wanted.name())) {
            requireAsWanted(wanted, files.readCertificate(wanted.name()), authority);
            return entry(wanted.name(), false);
        }
        var issued = authority.issue(wanted, clock, random);
        files.write(wanted.name(), issued.certificate(), issued.key());
        return entry(wanted.name(), true);
    }

    private void requireAsWanted(DevelopmentCertificate wanted, X509Certificate found, DevelopmentAuthority authority) {
        requireValid(wanted.name(), found);
        if (!authority.issued(found)) {
            throw unusable(wanted.name(), "was not issued by " + files.certificate(CA));
        }
        if (!hasNames(found, wanted)) {
            throw unusable(wanted.name(), "has other subject alternative names than this command gives it");
        }
    }

    private static boolean hasNames(X509Certificate found, DevelopmentCertificate wanted) {
        try {
            var extension = new JcaX509CertificateHolder(found).getExtension(Extension.subjectAlternativeName);
            return extension != null
                    && extension
                            .getParsedValue()
                            .equals(wanted.alternativeNames().toASN1Primitive());
        } catch (CertificateEncodingException e) {
            return false;
        }
    }

    private void requireValid(String name, X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
        } catch (CertificateException e) {
            throw unusable(name, "is not valid at this time: " + e.getMessage());
        }
    }

    private ConfigurationFault unusable(String name, String why) {
        return new ConfigurationFault(
                files.certificate(name) + ": " + why + "; remove it and its key, and run this again");
    }

    private Entry entry(String name, boolean issuedNow) {
        return new Entry(name, files.certificate(name), files.key(name), issuedNow);
    }
}
