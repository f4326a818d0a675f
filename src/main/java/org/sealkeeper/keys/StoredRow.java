package org.sealkeeper.keys;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.sealkeeper.config.ConfigurationFault;

/** Reads what this program wrote, and refuses anything else: another program wrote it. */
public final class StoredRow {
    private StoredRow() {}

    /** Makes a value of a row. */
    interface Reading<T> {
        T read() throws SQLException, CertificateException;
    }

    /** @throws ConfigurationFault naming the row by {@code name} if it is not one of ours */
    static <T> T read(String name, Reading<T> reading) throws SQLException {
        return read(name, "store", reading);
    }

    /** As above, for rows of what messages call {@code place}. */
    static <T> T read(String name, String place, Reading<T> reading) throws SQLException {
        try {
            return reading.read();
        } catch (IllegalArgumentException | DateTimeException | CertificateException e) {
            throw new ConfigurationFault(
                    name + ": its row in the " + place + " is not one Sealkeeper wrote: " + e.getMessage()
                            + "; find out who changed the store, and restore the row from a backup",
                    e);
        }
    }

    /** The state a column names: the constant's name in lowercase, with dashes. */
    static <S extends Enum<S>> S state(Class<S> states, String text) {
        return Enum.valueOf(states, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The reverse of {@link #state}. */
    public static String text(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The text of a certificate in a column: its DER in base64. */
    public static String encoded(X509Certificate certificate) {
        try {
            return encoded(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate just made cannot be encoded", e);
        }
    }

    /** The text of several certificates in a column: the DER of each in base64, with a comma between. */
    public static String encoded(List<X509Certificate> chain) {
        return chain.stream().map(StoredRow::encoded).collect(Collectors.joining(","));
    }

    /** The text of bytes in a column: base64. */
    public static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The reverse of {@link #encoded(byte[])}. */
    static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    /** The reverse of {@link #encoded(List)}. */
    public static List<X509Certificate> chain(String text) throws CertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        for (String base64 : text.split(",", -1)) {
            chain.add(certificate(base64));
        }
        return chain;
    }

    /** The reverse of {@link #encoded(X509Certificate)}. */
    static X509Certificate certificate(String base64) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(decoded(base64)));
    }
}
