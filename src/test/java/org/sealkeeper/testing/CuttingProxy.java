package org.sealkeeper.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Passes on what client and server say to each other, until the client has a certain command run: the server gets it, and the client no answer.
 * A client of PostgreSQL says a command once to each connection, and calls it by a name from then on (Parse and Bind of the protocol).
 */
public final class CuttingProxy implements AutoCloseable {
    /** A statement's name and what it is. */
    private static final Pattern NAMED = Pattern.compile("(S_\\d+)\0(\\p{Print}+)\0");

    private final ServerSocket listener;
    private final int server;
    private final AtomicReference<String> last = new AtomicReference<>("");
    private final AtomicReference<Runnable> beforeNext = new AtomicReference<>(() -> {});
    private final AtomicReference<Boolean> passesItOn = new AtomicReference<>(true);

    public CuttingProxy(int server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The next client that has the command run is cut off. */
    public void cutAfter(String command) {
        passesItOn.set(true);
        last.set(command);
    }

    /** As above, and the server does not get the command either. */
    public void cutBefore(String command) {
        passesItOn.set(false);
        last.set(command);
    }

    /** Whether a client was cut off since it was asked for. */
    public boolean hasCut() {
        return last.get().isEmpty();
    }

    /** Runs this before the next client is let through. */
    public void beforeNext(Runnable task) {
        beforeNext.set(task);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                beforeNext.getAndSet(() -> {}).run();
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException closed) {
            // by close()
        }
    }

    /** A server that is gone costs its client the connection, and no other client. */
    private void connect(Socket client) {
        try (client;
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
            // Otherwise the kernel holds back each small packet for up to 40 ms.
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Thread answers = Thread.ofVirtual().start(() -> pass(upstream, client, false));
            pass(client, upstream, true);
            answers.join();
        } catch (IOException gone) {
            // it is closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Socket from, Socket to, boolean isOfClient) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[65_536];
            var names = new StringBuilder();
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                if (isOfClient && isLast(names, new String(buffer, 0, length, StandardCharsets.ISO_8859_1))) {
                    if (passesItOn.get()) {
                        from.close();
                        out.write(buffer, 0, length);
                        to.shutdownOutput();
                        Thread.sleep(200); // for the server to do it before it learns that its client is gone
                    }
                    return;
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException | InterruptedException cut) {
            // one of them is gone
        }
    }

    /** Keeps in {@code names} the statements that the client named, and what they are. */
    private boolean isLast(StringBuilder names, String said) {
        NAMED.matcher(said).results().map(MatchResult::group).forEach(names::append);
        String command = last.get();
        return !command.isEmpty() && runs(command, names, said) && last.compareAndSet(command, "");
    }

    private static boolean runs(String command, StringBuilder names, String said) {
        return said.contains(command)
                || NAMED.matcher(names)
                        .results()
                        .filter(named -> named.group(2).equals(command))
                        .anyMatch(named -> said.contains("\0" + named.group(1) + "\0"));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
