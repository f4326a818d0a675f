package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The SoftHSM tokens of a home behind p11-kit's server, as a token in a network is behind its own: the appliance has p11-kit's client for a
 * library, and reaches the token by a socket, which can be cut. Where the server comes back it may have the token of another home.
 */
public final class RemoteToken implements AutoCloseable {
    private static final Path PROFILE =
            Path.of("src/test/resources/p11-kit/profile.yaml").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 30;

    private final Path socket;
    private Process server;

    private RemoteToken(Path socket, Process server) {
        this.socket = socket;
        this.server = server;
    }

    /** Puts the token of a home behind a server, and has the home's appliance reach it there. Its commands do not need the server. */
    public static RemoteToken of(Home home) {
        home.write("appliance.yaml", home.read("appliance.yaml").replaceFirst("profile: [^,]+", "profile: " + PROFILE));
        Path socket = home.folder().resolve("p11-kit.socket");
        return new RemoteToken(socket, serve(home, socket));
    }

    /** What the appliance's process needs to know of the server. */
    public Map<String, String> environment() {
        return Map.of("P11_KIT_SERVER_ADDRESS", "unix:path=" + socket);
    }

    /**
     * kill -9: of the server and of the processes that serve its connections. Never within a write of SoftHSM, which would be torn: then the
     * token has lost its memory, as no token in a network does that is only out of reach.
     */
    public void kill() {
        List<ProcessHandle> all = Stream.concat(server.descendants(), Stream.of(server.toHandle()))
                .toList();
        all.forEach(RemoteToken::pauseBetweenWrites);
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    private static void pauseBetweenWrites(ProcessHandle process) {
        Await.until(() -> {
            signal(process, "STOP");
            if (!process.isAlive() || !hasAFileOfTheTokenOpen(process)) {
                return true;
            }
            signal(process, "CONT");
            return false;
        });
    }

    private static void signal(ProcessHandle process, String name) {
        Command _ = Command.run(Path.of("/"), List.of("kill", "-" + name, Long.toString(process.pid())));
    }

    private static boolean hasAFileOfTheTokenOpen(ProcessHandle process) {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return open.anyMatch(RemoteToken::isOfToken);
        } catch (IOException | UncheckedIOException ended) {
            return false;
        }
    }

    private static boolean isOfToken(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("/tokens/");
        } catch (IOException closed) {
            return false;
        }
    }

    /** Starts a server at the same socket, with the token of this home. */
    public void comeBackAs(Home home) {
        server = serve(home, socket);
    }

    private static Process serve(Home home, Path socket) {
        try {
            Files.deleteIfExists(socket);
            Process server = Command.builder(
                            home.folder(),
                            List.of(
                                    "p11-kit",
                                    "server",
                                    "--foreground",
                                    "--provider",
                                    FreshSoftHsm.installed().toString(),
                                    "--name",
                                    socket.toString(),
                                    "pkcs11:token=sealkeeper"))
                    .redirectErrorStream(true)
                    .redirectOutput(home.folder().resolve("p11-kit.log").toFile())
                    .start();
            awaitSocket(socket, server);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitSocket(Path socket, Process server) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(socket)) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("expected p11-kit's server to listen at " + socket);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void close() {
        kill();
    }
}
