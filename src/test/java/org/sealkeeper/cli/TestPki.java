package org.sealkeeper.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.sealkeeper.cli.console.PemFiles;
import org.sealkeeper.cli.devpki.DevPkiCommand;
import org.sealkeeper.cli.devpki.DevelopmentAuthority;
import org.sealkeeper.cli.devpki.DevelopmentCertificate;
import org.sealkeeper.cli.devpki.DevelopmentPki;
import org.sealkeeper.cli.devpki.DevelopmentRevocations;

/** A development PKI as {@code sealkeeper dev-pki} makes it, and the odd certificates it never would. */
public final class TestPki {
    private static final char[] NO_PASSWORD = {};

    private final PemFiles files;

    public TestPki(Path folder) {
        this.files = new PemFiles(folder);
        List<DevelopmentCertificate> wanted = new ArrayList<>();
        wanted.add(DevelopmentCertificate.server());
        DevPkiCommand.standardClients().forEach((name, id) -> wanted.add(DevelopmentCertificate.client(name, id)));
        new DevelopmentPki(folder, InstantSource.system(), new SecureRandom()).complete(wanted);
        revoke();
    }

    public Path certificate(String name) {
        return files.certificate(name);
    }

    public Path revocations() {
        return files.revocations();
    }

    /** Has the authority's list name these certificates too. */
    public void revoke(String... names) {
        new DevelopmentRevocations(files, InstantSource.system()).complete(List.of(names));
    }

    public Path key(String name) {
        return files.key(name);
    }

    public X509Certificate read(String name) {
        return files.readCertificate(name);
    }

    /** Issues a certificate whose subject alternative names are these URIs. */
    public TestPki withUris(String name, String... uris) {
        var names = new ArrayList<GeneralName>();
        for (String uri : uris) {
            names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
        }
        return with(name, names, DevelopmentCertificate.Use.CLIENT, InstantSource.system());
    }

    /** Issues a certificate that has no URI: its holder is told by his subject. */
    public TestPki withSubjectOnly(String name) {
        var names = List.of(new GeneralName(GeneralName.dNSName, "somewhere.example"));
        return with(name, names, DevelopmentCertificate.Use.CLIENT, InstantSource.system());
    }

    /** Issues a certificate and revokes it. */
    public TestPki withRevoked(String name) {
        with(name, uri(name), DevelopmentCertificate.Use.CLIENT, InstantSource.system());
        revoke(name);
        return this;
    }

    /** A client of the server of this PKI with a certificate of any PKI. */
    public SSLContext client(TestPki issuer, String name) {
        return context(issuer.keyManagers(name));
    }

    public SSLContext client(String name) {
        return client(this, name);
    }

    public SSLContext clientWithoutCertificate() {
        return context();
    }

    private static List<GeneralName> uri(String name) {
        var uri = URI.create("urn:sealkeeper:node:" + name);
        return List.of(new GeneralName(GeneralName.uniformResourceIdentifier, uri.toString()));
    }

    private TestPki with(String name, List<GeneralName> names, DevelopmentCertificate.Use use, InstantSource clock) {
        var authority = new DevelopmentAuthority(files.readCertificate("ca"), files.readKey("ca"));
        var wanted = new DevelopmentCertificate(name, new GeneralNames(names.toArray(GeneralName[]::new)), use);
        var issued = authority.issue(wanted, clock, new SecureRandom());
        files.write(name, issued.certificate(), issued.key());
        return this;
    }

    /** A client of the server of this PKI with keys of its own. */
    public SSLContext context(KeyManager... keyManagers) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", files.readCertificate("ca"));
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(keyManagers, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyManager[] keyManagers(String name) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(name, files.readKey(name), NO_PASSWORD, new Certificate[] {files.readCertificate(name)});
            var keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(own, NO_PASSWORD);
            return keys.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
