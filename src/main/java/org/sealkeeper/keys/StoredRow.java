package org.sealkeeper.keys;

import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Locale;
import org.sealkeeper.config.ConfigurationFault;

/** Reads what this program wrote, and refuses anything else: someone else did. */
public final class StoredRow {
    private StoredRow() {}

    /** Makes a value of a row. */
    interface Reading<T> {
        T read() throws SQLException, CertificateException;
    }

    /** @throws ConfigurationFault naming the row by {@code name} if it is not one of ours */
    static <T> T read(String name, Reading<T> reading) throws SQLException {
        try {
            return reading.read();
        } catch (IllegalArgumentException | DateTimeException | CertificateException e) {
            throw new ConfigurationFault(
                    name + ": its row in the store is not one Sealkeeper wrote: " + e.getMessage()
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
}
