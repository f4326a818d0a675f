package org.sealkeeper.keys;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.verify.VerificationKey;

/** Reads rows of the catalogue, and refuses what this program never wrote: someone else did. */
public final class KeyRow {
    private KeyRow() {}

    static PendingKey pending(ResultSet row) throws SQLException {
        try {
            return new PendingKey(
                    new KeyAlias(row.getString("alias")),
                    row.getInt("version"),
                    known(KeyPurpose.byText(), row.getString("purpose")),
                    algorithm(row),
                    new CkaId(row.getString("cka_id")),
                    Instant.parse(row.getString("created_at")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw tampered(row, e);
        }
    }

    static CataloguedKey catalogued(ResultSet row) throws SQLException {
        PendingKey key = pending(row);
        try {
            var catalogued = new CataloguedKey(
                    key.alias(),
                    key.version(),
                    key.purpose(),
                    known(KeyState.byText(), row.getString("state")),
                    key.ckaId(),
                    VerificationKey.of(key.algorithm(), decoded(row.getString("public_key"))),
                    certificate(decoded(row.getString("certificate"))),
                    key.createdAt());
            if (!catalogued.keyId().value().equals(row.getString("key_id"))) {
                throw new IllegalArgumentException(
                        "expected the key id " + catalogued.keyId() + ", found " + row.getString("key_id"));
            }
            return catalogued;
        } catch (IllegalArgumentException | CertificateException e) {
            throw tampered(row, e);
        }
    }

    public static String encoded(X509Certificate certificate) {
        try {
            return encoded(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate just made cannot be encoded", e);
        }
    }

    public static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static SigningAlgorithm algorithm(ResultSet row) throws SQLException {
        String name = row.getString("algorithm");
        return SigningAlgorithm.named(name)
                .orElseThrow(() -> new IllegalArgumentException("expected a known algorithm, found '" + name + "'"));
    }

    private static <T> T known(Map<String, T> choices, String text) {
        T choice = choices.get(text);
        if (choice == null) {
            throw new IllegalArgumentException("expected one of " + choices.keySet() + ", found '" + text + "'");
        }
        return choice;
    }

    private static ConfigurationFault tampered(ResultSet row, Exception cause) throws SQLException {
        return new ConfigurationFault(
                "key '" + row.getString("alias") + "' version " + row.getInt("version")
                        + ": its row in the catalogue is not "
                        + "one Sealkeeper wrote: " + cause.getMessage()
                        + "; find out who changed the store, and restore the row from a backup",
                cause);
    }
}
