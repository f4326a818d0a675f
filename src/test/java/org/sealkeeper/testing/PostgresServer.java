package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.sealkeeper.config.StoreLocation;

/** A PostgreSQL server on loopback, of a test's own; run by the user {@code postgres} where the tests run as root, as it demands. */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "sealkeeper";
    private static final String PASSWORD = "a password of the tests";

    private final Path folder;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();
    private Process process;

    private PostgresServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        this.process = launch(Map.of());
    }

    /** Makes a cluster in a new folder, with a certificate for {@code localhost}, and starts it. */
    public static PostgresServer start() {
        try {
            Path folder = Files.createTempDirectory("postgresql-");
            Path password = secret(folder.resolve("password"));
            Command.run(
                            folder,
                            List.of(
                                    "openssl",
                                    "req",
                                    "-x509",
                                    "-newkey",
                                    "ec",
                                    "-pkeyopt",
                                    "ec_paramgen_curve:P-256",
                                    "-nodes",
                                    "-keyout",
                                    "server.key",
                                    "-out",
                                    "server.pem",
                                    "-days",
                                    "2",
                                    "-subj",
                                    "/CN=localhost",
                                    "-addext",
                                    "subjectAltName=DNS:localhost"))
                    .succeeded();
            own(folder);
            Command.run(
                            folder,
                            asOwner(
                                    "initdb",
                                    List.of(
                                            "-D",
                                            folder.resolve("data").toString(),
                                            "-U",
                                            USER,
                                            "--pwfile=" + password,
                                            "--auth=scram-sha-256",
                                            "--no-sync",
                                            "-E",
                                            "UTF8",
                                            "--locale=C")))
                    .succeeded();
            return new PostgresServer(folder, freePort()).awaited();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static Path secret(Path file) throws IOException {
        Files.writeString(file, PASSWORD);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static List<String> asOwner(String program, List<String> arguments) {
        List<String> line = new ArrayList<>();
        if (isRoot()) {
            line.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        line.add(programs().resolve(program).toString());
        line.addAll(arguments);
        return line;
    }

    /** Debian has them in a folder of their version. */
    private static Path programs() {
        try (var versions = Files.newDirectoryStream(Path.of("/usr/lib/postgresql"))) {
            for (Path version : versions) {
                if (Files.isExecutable(version.resolve("bin/initdb"))) {
                    return version.resolve("bin");
                }
            }
        } catch (IOException e) {
            throw new AssertionError("PostgreSQL is not installed; deployment/test installs it", e);
        }
        throw new AssertionError("PostgreSQL is not installed; deployment/test installs it");
    }

    private Process launch(Map<String, String> environment) {
        List<String> line = asOwner(
                "postgres",
                List.of(
                        "-D",
                        folder.resolve("data").toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "ssl=on",
                        "-c",
                        "ssl_cert_file=" + folder.resolve("server.pem"),
                        "-c",
                        "ssl_key_file=" + folder.resolve("server.key")));
        try {
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PostgresServer awaited() {
        Await.until(() -> {
            try (Connection _ = connect("postgres")) {
                return true;
            } catch (SQLException notYet) {
                return false;
            }
        });
        return this;
    }

    /** Connects as a superuser, beside any store. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + port + "/" + database + "?sslmode=disable", USER, PASSWORD);
    }

    /** Makes a new database and gives its address, without TLS. */
    public StoreLocation.Server newDatabase(Path ofTheAppliance) {
        databases.incrementAndGet();
        StoreLocation.Server made = sameDatabase(ofTheAppliance);
        try (Connection connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + made.database());
            return made;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** As {@link #database}, for another appliance, which gets the password. */
    public StoreLocation.Server sameDatabase(Path ofTheAppliance) {
        StoreLocation.Server known = database(ofTheAppliance);
        try {
            Files.createDirectories(ofTheAppliance);
            Path _ = secret(known.passwordFile());
            return known;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The address of the database that was made last. */
    public StoreLocation.Server database(Path ofTheAppliance) {
        return new StoreLocation.Server(
                "localhost",
                port,
                "ledger" + databases.get(),
                USER,
                ofTheAppliance.resolve("postgresql.password"),
                Optional.empty(),
                ofTheAppliance.resolve("state"),
                "a");
    }

    /** Its own certificate, which is its own authority. */
    public Path certificate() {
        return folder.resolve("server.pem");
    }

    /** As {@code kill -9} of the server and all that it began. It is stopped before: what it begins meanwhile would keep the next one out. */
    public void kill() {
        Command _ = Command.run(Path.of("/"), List.of("kill", "-STOP", Long.toString(process.pid())));
        List<ProcessHandle> begun = process.descendants().toList();
        begun.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        begun.forEach(one -> one.onExit().join());
    }

    /** Ends it as an operator does: all is on the disk then, and nothing is left to be recovered. */
    public void stop() {
        Command.run(folder, asOwner("pg_ctl", List.of("stop", "-D", data().toString(), "-m", "fast")))
                .succeeded();
    }

    /** Starts it again after {@link #kill}. */
    public void restart() {
        restart(Map.of());
    }

    /** Starts it again with this in its environment. */
    public void restart(Map<String, String> environment) {
        process = launch(environment);
        PostgresServer _ = awaited();
    }

    /** Kills it and starts it on a disk that holds what this puts into the folder of its data. */
    public void restartOn(Consumer<Path> content) throws IOException {
        kill();
        new FolderTree(data()).delete();
        content.accept(data());
        Files.deleteIfExists(data().resolve("postmaster.pid")); // the process of that number is another one by now
        own(data());
        restart();
    }

    /** Copies its data while it runs, as an operator's backup does, and gives the folder of the copy. */
    public Path backUp() {
        Path copy = folder.resolve("backup");
        String address = "host=localhost port=" + port + " user=" + USER + " password='" + PASSWORD + "'";
        Command.run(folder, asOwner("pg_basebackup", List.of("-D", copy.toString(), "-d", address, "-c", "fast", "-N")))
                .succeeded();
        return copy;
    }

    /** To be made while it is stopped. */
    public PowerCut powerCut(Path work) {
        PowerCut cut = PowerCut.of(data(), work);
        own(work);
        return cut;
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static void own(Path path) {
        if (isRoot()) {
            Command.run(path, List.of("chown", "-R", "postgres", path.toString()))
                    .succeeded();
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        new FolderTree(folder).delete();
    }
}
