package org.sealkeeper.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.sealkeeper.config.StoreLocation;

/**
 * How to connect to a PostgreSQL database: with TLS and a server whose certificate bears its name, but for one on this machine. Every wait is
 * bounded, on both sides: a process that is stopped in a transaction loses it, and the others go on.
 */
record PostgresConnections(StoreLocation.Server server) {
    /** The schema of the tables that all appliances of the database share. */
    static final String SHARED = "sealkeeper";

    private static final int READERS = 4;
    private static final int CONNECT_SECONDS = 5;
    /** Above what the server waits, so that its answer is seen. */
    private static final int ANSWER_SECONDS = 20;

    private static final String OPTIONS = PostgresDurability.OF_COMMITS
            + " -c lock_timeout=8s -c statement_timeout=15s -c idle_in_transaction_session_timeout=10s";

    /** The schema of the tables that are this appliance's alone. */
    String own() {
        return SHARED + "_" + server.appliance();
    }

    /** @throws SQLException also where commits would not be durable */
    Connection openForWriting() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(properties(false));
        properties.put(PGProperty.USER.getName(), server.user());
        Connection connection =
                Objects.requireNonNull(new Driver().connect(url(), properties), "the driver knows its address");
        try {
            connection.setAutoCommit(false);
            PostgresDurability.require(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    AgroalDataSource readers() throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(READERS)
                        .acquisitionTimeout(Duration.ofSeconds(CONNECT_SECONDS))
                        .exceptionSorter(PostgresFailure::isOfConnection)
                        .connectionFactoryConfiguration(factory -> {
                            factory.connectionProviderClass(Driver.class)
                                    .jdbcUrl(url())
                                    .principal(new NamePrincipal(server.user()));
                            properties(true).forEach(factory::jdbcProperty);
                            return factory;
                        })));
    }

    String url() {
        return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + server.database();
    }

    /** All but the user. Names are the driver's (PGProperty). */
    Map<String, String> properties(boolean readOnly) {
        Map<String, String> properties = new HashMap<>();
        properties.put(PGProperty.AUTHENTICATION_PLUGIN_CLASS_NAME.getName(), PostgresPassword.class.getName());
        properties.put(PostgresPassword.FILE, server.passwordFile().toString());
        properties.put(PGProperty.CURRENT_SCHEMA.getName(), own() + "," + SHARED);
        properties.put(PGProperty.CONNECT_TIMEOUT.getName(), Integer.toString(CONNECT_SECONDS));
        properties.put(PGProperty.LOGIN_TIMEOUT.getName(), Integer.toString(CONNECT_SECONDS));
        properties.put(PGProperty.SOCKET_TIMEOUT.getName(), Integer.toString(ANSWER_SECONDS));
        properties.put(PGProperty.TCP_KEEP_ALIVE.getName(), "true");
        properties.put(PGProperty.GSS_ENC_MODE.getName(), "disable");
        properties.put(PGProperty.LOG_SERVER_ERROR_DETAIL.getName(), "false"); // it has the values of rows
        properties.put(PGProperty.APPLICATION_NAME.getName(), "sealkeeper");
        properties.put(
                PGProperty.OPTIONS.getName(), readOnly ? OPTIONS + " -c default_transaction_read_only=on" : OPTIONS);
        server.authorities()
                .ifPresentOrElse(
                        file -> {
                            properties.put(PGProperty.SSL_MODE.getName(), "verify-full");
                            properties.put(PGProperty.SSL_ROOT_CERT.getName(), file.toString());
                        },
                        () -> properties.put(PGProperty.SSL_MODE.getName(), "disable"));
        return properties;
    }
}
