package org.sealkeeper.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileContent;
import org.sealkeeper.verify.KeyBlocks;

/** A file of certificates, keys or revocation lists, PEM or DER, as it was at one moment. */
public record KeyFile(FileContent file) {

    /** Reads one value of the JDK's from its DER. */
    private interface Reading<T> {
        T of(CertificateFactory factory, InputStream der) throws GeneralSecurityException;
    }

    /** What lies there now. */
    public static KeyFile read(Path path) {
        return new KeyFile(FileContent.read(path));
    }

    /**
     * Its certificates, in order; a key beside them is left alone.
     *
     * @throws ConfigurationFault if the file cannot be read, or there is none
     */
    public List<X509Certificate> certificates() {
        KeyBlocks blocks = blocks();
        return all(blocks, blocks.certificates(), "certificates", (factory, der) ->
                (X509Certificate) factory.generateCertificate(der));
    }

    /**
     * Its certificates, in order, to be trusted.
     *
     * @throws ConfigurationFault as above, and if there is a private key: an authority's would be known to every reader of this file
     */
    public List<X509Certificate> authorities() {
        if (blocks().hasPrivateKey()) {
            throw fault("expected certificates of authorities alone, found a private key beside them;"
                    + " if it is the authority's, treat it as compromised");
        }
        return certificates();
    }

    /**
     * Its certificate revocation lists, in order.
     *
     * @throws ConfigurationFault if the file cannot be read, or there is none
     */
    public List<X509CRL> revocationLists() {
        KeyBlocks blocks = blocks();
        return all(blocks, blocks.revocationLists(), "revocation lists", (factory, der) ->
                (X509CRL) factory.generateCRL(der));
    }

    /**
     * Its one private key: PKCS#8, SEC 1 or PKCS#1. Certificates, parameters and text beside it are left alone.
     *
     * @throws ConfigurationFault if the file cannot be read, or there is none, more than one, or an encrypted one
     */
    public PrivateKey privateKey() {
        try {
            return new JcaPEMKeyConverter().getPrivateKey(PrivateKeyInfo.getInstance(blocks().privateKey()));
        } catch (IllegalArgumentException e) {
            throw fault(String.valueOf(e.getMessage()));
        } catch (IOException e) { // its cause could quote the key
            throw fault("expected a private key of RSA, of a named elliptic curve, or of an Edwards curve");
        }
    }

    /** A fault that names this file. */
    public ConfigurationFault fault(String message) {
        return file.fault(message);
    }

    private KeyBlocks blocks() {
        try {
            return KeyBlocks.parse(file.bytes());
        } catch (IllegalArgumentException e) {
            throw fault(String.valueOf(e.getMessage()));
        }
    }

    private <T> List<T> all(KeyBlocks blocks, List<byte[]> found, String what, Reading<T> reading) {
        if (found.isEmpty()) {
            throw fault("expected " + what + " in PEM or DER, found " + blocks.words());
        }
        return found.stream().map(der -> one(der, what, reading)).toList();
    }

    private <T> T one(byte[] der, String what, Reading<T> reading) {
        try {
            return reading.of(CertificateFactory.getInstance("X.509"), new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new ConfigurationFault(file.path() + ": expected " + what + " in PEM or DER: " + e.getMessage(), e);
        }
    }
}
