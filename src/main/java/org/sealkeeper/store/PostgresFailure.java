package org.sealkeeper.store;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;

/** What a failure of PostgreSQL means, by its SQLSTATE (PostgreSQL, appendix A). */
final class PostgresFailure {
    /** Ours: nothing is known of a commit. */
    static final String UNKNOWN = "08007";

    /** Ours: what is committed is not durable. Any work would fail. */
    static final String NOT_DURABLE = "58000";

    /** The server ends, or starts. */
    private static final Set<String> SHUTDOWN = Set.of("57P01", "57P02", "57P03");

    /** Serialization failure, deadlock, a lock that was not to be had in time. */
    private static final Set<String> CONFLICT = Set.of("40001", "40P01", "55P03");

    /** Read-only, or a transaction that was idle for too long. */
    private static final Set<String> STATE = Set.of("25006", "25P03");

    /** Connections, resources, an operator's intervention, the system, the server itself, passwords. */
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58", "XX", "28");

    private static final Set<String> NO_ACCESS = Set.of("28P01", "28000");
    private static final Set<String> NO_DATABASE = Set.of("3D000", "3F000", "42501");

    private PostgresFailure() {}

    static boolean isOfConnection(SQLException failure) {
        return code(failure).startsWith("08") || SHUTDOWN.contains(code(failure));
    }

    static boolean mayPassAtOnce(SQLException failure) {
        return !code(failure).equals(UNKNOWN) && (isOfConnection(failure) || CONFLICT.contains(code(failure)));
    }

    /** Any work would have failed. */
    static boolean isOfServer(SQLException failure) {
        String code = code(failure);
        return CONFLICT.contains(code)
                || STATE.contains(code)
                || (code.length() == 5 && CLASSES.contains(code.substring(0, 2)));
    }

    /** What to throw where a store did not open: what may pass is a {@link StoreFault}. */
    static RuntimeException atOpening(StoreLocation.Server server, Throwable failure) {
        SQLException answer = answer(failure);
        String code = answer == null ? "" : code(answer);
        String said = String.valueOf((answer == null ? failure : answer).getMessage())
                .lines()
                .findFirst()
                .orElse("");
        if (NO_ACCESS.contains(code)) {
            return new ConfigurationFault(
                    server + ": the server refuses the user or the password in " + server.passwordFile() + " (" + said
                            + ")",
                    failure);
        }
        if (NO_DATABASE.contains(code)) {
            return new ConfigurationFault(
                    server + ": expected a database in which the user may create tables, found: " + said, failure);
        }
        return answer == null
                ? PostgresStore.foreign(server, said, failure)
                : new StoreFault(server + ": the store cannot be opened now: " + said, failure);
    }

    private static @Nullable SQLException answer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException answer) {
                return answer;
            }
        }
        return null;
    }

    private static String code(SQLException failure) {
        return String.valueOf(failure.getSQLState());
    }
}
