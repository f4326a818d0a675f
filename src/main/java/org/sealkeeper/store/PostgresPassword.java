package org.sealkeeper.store;

import java.nio.file.Path;
import java.util.Properties;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.sealkeeper.config.SecretFile;

/** Reads the password anew for each connection; the driver wipes what it is given. It makes one of these by its class's name. */
public final class PostgresPassword implements AuthenticationPlugin {
    /** The connection's property that names the file. */
    static final String FILE = "sealkeeperPasswordFile";

    private final Path file;

    public PostgresPassword(Properties connection) {
        this.file = Path.of(connection.getProperty(FILE));
    }

    @Override
    public char[] getPassword(AuthenticationRequestType type) {
        try (SecretFile password = SecretFile.open(file, SecretFile.Kind.PASSWORD)) {
            return password.chars().clone();
        }
    }
}
