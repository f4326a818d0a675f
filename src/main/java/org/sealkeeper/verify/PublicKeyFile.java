package org.sealkeeper.verify;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * A file of public keys as an auditor holds it: a JWK Set (RFC 7517), PEM public keys and certificates (RFC 7468), or one
 * DER SubjectPublicKeyInfo.
 *
 * <p>Whoever names a file trusts the keys in it: of a certificate only the key counts, neither its issuer nor its dates.
 */
public final class PublicKeyFile {
    /** The largest file that is read. */
    public static final int MAX_BYTES = 1 << 20;

    private static final byte DER_SEQUENCE = 0x30;

    private PublicKeyFile() {}

    /**
     * The keys of a file, at least one.
     *
     * @throws IllegalArgumentException if the file is too large, of no known form, holds no key, or holds anything that is
     *     not a public signing key of an offered algorithm, above all a private or symmetric key
     */
    public static List<VerificationKey> parse(byte[] file) {
        if (file.length == 0 || file.length > MAX_BYTES) {
            throw new IllegalArgumentException("expected 1 to " + MAX_BYTES + " bytes of public keys");
        }
        List<VerificationKey> keys =
                file[0] == DER_SEQUENCE ? List.of(SpkiKey.of(file)) : text(StrictUtf8.decode(file));
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("expected a JWK Set, PEM public keys or certificates, found no key");
        }
        return keys;
    }

    private static List<VerificationKey> text(String text) {
        return text.stripLeading().startsWith("{") ? JwkSetText.parse(text) : pem(text);
    }

    private static List<VerificationKey> pem(String text) {
        List<VerificationKey> keys = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(text))) {
            for (PemObject found = reader.readPemObject(); found != null; found = reader.readPemObject()) {
                keys.add(SpkiKey.of(spki(found)));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("expected complete PEM blocks", e);
        }
        return keys;
    }

    private static byte[] spki(PemObject found) throws IOException {
        return switch (found.getType()) {
            case "PUBLIC KEY" -> found.getContent();
            case "CERTIFICATE" ->
                new X509CertificateHolder(found.getContent())
                        .getSubjectPublicKeyInfo()
                        .getEncoded();
            default ->
                throw new IllegalArgumentException(
                        "expected only PEM blocks of PUBLIC KEY and CERTIFICATE, found another;"
                                + " a private key never belongs in a file of trusted keys");
        };
    }
}
