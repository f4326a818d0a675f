package org.sealkeeper.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Where an appliance keeps what it must not forget, as {@code store} in {@code appliance.yaml} says. */
public sealed interface StoreLocation {

    /** A file on this machine that belongs to the store and bears its name with this ending, such as a lock. */
    Path beside(String ending);

    /** An SQLite file on this machine. */
    record Embedded(Path file) implements StoreLocation {

        @Override
        public Path beside(String ending) {
            return file.resolveSibling(file.getFileName() + ending);
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * A database of a PostgreSQL server.
     *
     * @param passwordFile holds the user's password, readable by its owner alone
     * @param authorities those that the server's certificate must come from, PEM; empty where there is no TLS, which only a server on
     *     this machine may do without
     * @param state a folder of this machine, for locks and the like
     * @param appliance tells this appliance from the others that use the database
     */
    record Server(
            String host,
            int port,
            String database,
            String user,
            Path passwordFile,
            Optional<Path> authorities,
            Path state,
            String appliance)
            implements StoreLocation {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,63}");
        private static final Pattern APPLIANCE = Pattern.compile("[a-z][a-z0-9_]{0,39}");

        /** Names become part of the driver's address, where other characters would have a meaning. */
        public Server {
            if (!NAME.matcher(database).matches() || !NAME.matcher(user).matches()) {
                throw new IllegalArgumentException(
                        "expected the names of user and database to be of letters, digits and '_.-', at most 63");
            }
            if (!APPLIANCE.matcher(appliance).matches()) {
                throw new IllegalArgumentException(
                        "expected the appliance's name to be a small letter, then at most 39 of 'a-z0-9_', found '"
                                + appliance + "'");
            }
        }

        @Override
        public Path beside(String ending) {
            return state.resolve("postgresql" + ending);
        }

        @Override
        public String toString() {
            return SCHEME + user + "@" + host + ":" + port + "/" + database;
        }
    }

    String SCHEME = "postgresql://";

    /**
     * Reads it.
     *
     * @param text a path, or {@code postgresql://USER@HOST[:PORT]/DATABASE?passwordFile=F&certificateAuthorities=F&state=FOLDER&appliance=NAME}
     * @param folder what paths are relative to
     * @throws IllegalArgumentException saying what was expected
     */
    static StoreLocation parse(String text, Path folder) {
        return text.startsWith(SCHEME)
                ? ServerAddress.parse(text, folder)
                : new Embedded(folder.resolve(text).normalize());
    }

    /** Reads the address of a server. */
    final class ServerAddress {
        private static final int PORT = 5432;
        private static final String PASSWORD_FILE = "passwordFile";
        private static final String AUTHORITIES = "certificateAuthorities";
        private static final String STATE = "state";
        private static final String APPLIANCE = "appliance";
        private static final String NO_TLS = "none";
        private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "[::1]");

        private ServerAddress() {}

        private static Server parse(String text, Path folder) {
            URI address = uri(text);
            String user = address.getUserInfo();
            String path = address.getPath();
            if (address.getHost() == null || path.length() < 2 || path.indexOf('/', 1) >= 0) {
                throw new IllegalArgumentException("expected " + SCHEME + "USER@HOST/DATABASE?…");
            }
            if (user == null || user.isEmpty() || user.contains(":")) {
                throw new IllegalArgumentException(
                        "expected the user's name before the '@', and no password: that is in a file");
            }
            UnaryOperator<String> parameters = parameters(address);
            return new Server(
                    address.getHost(),
                    address.getPort() < 0 ? PORT : address.getPort(),
                    path.substring(1),
                    user,
                    folder.resolve(parameters.apply(PASSWORD_FILE)).normalize(),
                    authorities(parameters.apply(AUTHORITIES), address.getHost(), folder),
                    folder.resolve(parameters.apply(STATE)).normalize(),
                    parameters.apply(APPLIANCE));
        }

        /** What is wrong with it is not repeated: there may be a password in it, all the same. */
        private static URI uri(String text) {
            try {
                return new URI(text);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("expected " + SCHEME + "USER@HOST/DATABASE?…");
            }
        }

        private static Optional<Path> authorities(String text, String host, Path folder) {
            if (!text.equals(NO_TLS)) {
                return Optional.of(folder.resolve(text).normalize());
            }
            if (!THIS_MACHINE.contains(host)) {
                throw new IllegalArgumentException("expected " + AUTHORITIES + " to be a file: only a server at one of "
                        + String.join(", ", THIS_MACHINE) + " may do without TLS");
            }
            return Optional.empty();
        }

        private static UnaryOperator<String> parameters(URI address) {
            Map<String, String> found = new HashMap<>();
            String query = address.getQuery() == null ? "" : address.getQuery();
            Arrays.stream(query.split("&")).map(part -> part.split("=", 2)).forEach(part -> {
                if (part.length < 2 || part[1].isEmpty() || found.put(part[0], part[1]) != null) {
                    throw new IllegalArgumentException("expected each of " + names() + " once, with a value");
                }
            });
            if (!found.keySet().equals(names())) {
                throw new IllegalArgumentException(
                        "expected " + names() + " after the '?', found " + new TreeSet<>(found.keySet()));
            }
            return name -> found.getOrDefault(name, "");
        }

        private static Set<String> names() {
            return new TreeSet<>(List.of(PASSWORD_FILE, AUTHORITIES, STATE, APPLIANCE));
        }
    }
}
