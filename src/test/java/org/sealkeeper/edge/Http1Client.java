package org.sealkeeper.edge;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Sends bytes, and reads the answers whatever they answer; connects anew where a connection ended, or cannot be used again. */
public final class Http1Client implements AutoCloseable {
    private final Callable<Socket> connect;
    private Socket socket;
    private InputStream in;

    public Http1Client(Callable<Socket> connect) {
        this.connect = connect;
    }

    /**
     * The status of the answer; empty where the server hung up instead.
     *
     * @throws SocketTimeoutException if neither came
     */
    public Optional<Integer> ask(OddRequests.Odd request) throws Exception {
        if (socket == null) {
            socket = connect.call();
            in = new BufferedInputStream(socket.getInputStream());
        }
        try {
            socket.getOutputStream().write(request.bytes());
            List<String> head = head();
            while (head.getFirst().contains(" 100 ")) {
                head = head();
            }
            int status = Integer.parseInt(head.getFirst().substring(9, 12));
            if (request.isFramed() && request.method().equals("HEAD")) {
                head = List.of(head.getFirst()); // its length is that of another answer
            }
            readBody(head);
            if (!request.isFramed() || isLast(head)) {
                close();
            }
            return Optional.of(status);
        } catch (SocketTimeoutException hanging) {
            close();
            throw hanging;
        } catch (IOException hungUp) {
            close();
            return Optional.empty();
        }
    }

    /** What the HTTP decoder refuses, it refuses without a body; and who sends too much is hung up on a moment later. */
    private static boolean isLast(List<String> head) {
        return header(head, "connection").equals("close")
                || (head.getFirst().contains(" 400 ")
                        && header(head, "content-type").isEmpty())
                || head.getFirst().contains(" 413 ");
    }

    private List<String> head() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        if (lines.isEmpty()) {
            throw new IOException("no answer");
        }
        return lines;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("hung up");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private void readBody(List<String> head) throws IOException {
        if (header(head, "transfer-encoding").equals("chunked")) {
            int size;
            do {
                size = Integer.parseInt(line(), 16);
                in.skipNBytes(size);
                line();
            } while (size > 0);
        } else if (!header(head, "content-length").isEmpty()) {
            in.skipNBytes(Long.parseLong(header(head, "content-length")));
        }
    }

    private static String header(List<String> head, String name) {
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
