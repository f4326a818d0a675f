package org.sealkeeper.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** Passes on what client and server say to each other, until the client says a certain word: the server gets it, and the client no answer. */
public final class CuttingProxy implements AutoCloseable {
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

    /** The next client that says the word is cut off. */
    public void cutAfter(String word) {
        passesItOn.set(true);
        last.set(word);
    }

    /** As above, and the server does not get the word either. */
    public void cutBefore(String word) {
        passesItOn.set(false);
        last.set(word);
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
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
                Thread.ofVirtual().start(() -> pass(client, upstream, true));
                Thread.ofVirtual().start(() -> pass(upstream, client, false));
            }
        } catch (IOException closed) {
            // by close()
        }
    }

    private void pass(Socket from, Socket to, boolean isOfClient) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[65_536];
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                if (isOfClient && isLast(new String(buffer, 0, length, StandardCharsets.ISO_8859_1))) {
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

    private boolean isLast(String said) {
        String word = last.get();
        return !word.isEmpty() && said.contains(word) && last.compareAndSet(word, "");
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
