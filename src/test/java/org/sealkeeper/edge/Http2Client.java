package org.sealkeeper.edge;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLSocket;

/** Requests of HTTP/2 whose header fields no client would send, one at a time. */
public final class Http2Client implements AutoCloseable {
    private static final int INDEXED_STATUS_500 = 0x80 | 14;

    private static final List<String> METHODS = List.of("GET", "POST", "CONNECT", "BREW", "", "G T", "get");
    private static final List<String> PATHS =
            List.of("/v1/chains", "/v1/keys", "*", "", "foo", "?x", "/%zz", "/v1/\u00e9", "//");
    private static final List<String> AUTHORITIES =
            List.of("localhost", "", "a b", "a:99999999", "[::", "user@localhost");
    private static final List<Map.Entry<String, String>> MORE = List.of(
            Map.entry(":path", "/v1/keys"),
            Map.entry(":unknown", "x"),
            Map.entry(":status", "200"),
            Map.entry("Upper", "x"),
            Map.entry("connection", "close"),
            Map.entry("transfer-encoding", "chunked"),
            Map.entry("te", "gzip"),
            Map.entry("host", "elsewhere"),
            Map.entry("content-length", "5"),
            Map.entry("accept", ",,,;"),
            Map.entry("", "x"),
            Map.entry("x", "a\r\nb: c"));

    private final Http2Connection connection;
    private int stream = -1;

    public Http2Client(SSLSocket socket) throws IOException {
        connection = new Http2Connection(socket, 1 << 30);
        connection.send(
                Http2Connection.WINDOW_UPDATE,
                0,
                0,
                ByteBuffer.allocate(4).putInt(1 << 30).array());
    }

    /** The status of the answer, at least as far as it is a 500; empty where the stream was reset, or the connection ended. */
    public Optional<String> ask(Random random) throws IOException {
        stream += 2;
        connection.send(
                Http2Connection.HEADERS,
                Http2Connection.END_STREAM | Http2Connection.END_HEADERS,
                stream,
                fields(random));
        String status = "";
        while (true) {
            Http2Connection.Frame frame = connection.read();
            if (frame.type() == Http2Connection.GOAWAY) {
                throw new EOFException("the server went away");
            }
            if (frame.type() == Http2Connection.SETTINGS && frame.flags() == 0) {
                connection.send(Http2Connection.SETTINGS, Http2Connection.ACK, 0);
            }
            if (frame.stream() == stream && frame.type() == Http2Connection.HEADERS && status.isEmpty()) {
                String fields = frame.payload();
                status = fields.charAt(0) == INDEXED_STATUS_500 ? "500" : literal(fields);
            }
            if (frame.ends(stream)) {
                return frame.type() == Http2Connection.RST_STREAM ? Optional.empty() : Optional.of(status);
            }
        }
    }

    /** A status that is not in the table of RFC 7541 follows the index of its name and its length. */
    private static String literal(String fields) {
        return (fields.charAt(0) & 0x80) != 0 ? "of the table" : fields.substring(2, 5);
    }

    private static byte[] fields(Random random) {
        var fields = new ByteArrayOutputStream();
        Http2Connection.put(fields, ":method", any(random, METHODS));
        Http2Connection.put(fields, ":scheme", random.nextInt(10) == 0 ? "ftp" : "https");
        if (random.nextInt(10) > 0) {
            Http2Connection.put(fields, ":path", any(random, PATHS));
        }
        if (random.nextInt(10) > 0) {
            Http2Connection.put(fields, ":authority", any(random, AUTHORITIES));
        }
        if (random.nextBoolean()) {
            var one = any(random, MORE);
            Http2Connection.put(fields, one.getKey(), one.getValue());
        }
        return fields.toByteArray();
    }

    private static <T> T any(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
