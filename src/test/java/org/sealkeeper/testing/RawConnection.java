package org.sealkeeper.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** One TLS connection to an appliance on this machine, spoken to in HTTP/1.1 by hand: no client hides that it was lost. */
public final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final SSLSocket socket;

    public RawConnection(int port, SSLContext tls) throws IOException {
        socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
    }

    public static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    public static String post(String path, String json) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + json.length() + "\r\n\r\n" + json;
    }

    /** Sends bytes and waits for one answer that says how long it is. */
    public String ask(String request) throws IOException {
        send(request);
        return answer();
    }

    public void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The next answer; what came of it where the connection ends before. */
    public String answer() throws IOException {
        InputStream in = socket.getInputStream();
        var answer = new ByteArrayOutputStream();
        while (!isComplete(answer.toString(ISO_8859_1))) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            answer.write(next);
        }
        return answer.toString(ISO_8859_1);
    }

    /** Takes what comes until the server ends the connection. */
    public void awaitEnd() throws IOException {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException | SSLException ended) {
            // It ended without a close_notify.
        }
    }

    private static boolean isComplete(String answer) {
        int head = answer.indexOf("\r\n\r\n");
        return head >= 0 && answer.length() >= head + 4 + bodyLength(answer.substring(0, head));
    }

    private static int bodyLength(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .map(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    /** What the server showed in the handshake. */
    public Certificate serverCertificate() throws IOException {
        return socket.getSession().getPeerCertificates()[0];
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
