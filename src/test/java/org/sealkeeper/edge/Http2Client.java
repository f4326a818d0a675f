package org.sealkeeper.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLSocket;

/** Requests of HTTP/2 whose header fields no client would send, by frames of its own (RFC 9113), one at a time. */
public final class Http2Client implements AutoCloseable {
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
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

    private final SSLSocket socket;
    private final DataInputStream in;
    private int stream = -1;

    public Http2Client(SSLSocket socket) throws IOException {
        this.socket = socket;
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        byte[] unbounded =
                ByteBuffer.allocate(6).putShort((short) 4).putInt(1 << 30).array();
        send(SETTINGS, 0, 0, unbounded);
        send(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(1 << 30).array());
    }

    /** The status of the answer, at least as far as it is a 500; empty where the stream was reset, or the connection ended. */
    public Optional<String> ask(Random random) throws IOException {
        stream += 2;
        send(HEADERS, END_STREAM | END_HEADERS, stream, fields(random));
        String status = "";
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int about = in.readInt();
            byte[] payload = in.readNBytes(length);
            if (type == GOAWAY) {
                throw new EOFException("the server went away");
            }
            if (type == SETTINGS && flags == 0) {
                send(SETTINGS, 1, 0, new byte[0]);
            }
            if (about == stream && type == HEADERS && status.isEmpty()) {
                status = (payload[0] & 0xff) == INDEXED_STATUS_500 ? "500" : literal(payload);
            }
            if (about == stream && type == RST_STREAM) {
                return Optional.empty();
            }
            if (about == stream && (flags & END_STREAM) != 0 && type <= HEADERS) {
                return Optional.of(status);
            }
        }
    }

    /** A status that is not in the table of RFC 7541 follows the index of its name and its length. */
    private static String literal(byte[] fields) {
        return (fields[0] & 0x80) != 0 ? "of the table" : new String(fields, 2, 3, ISO_8859_1);
    }

    private static byte[] fields(Random random) {
        var fields = new ByteArrayOutputStream();
        put(fields, ":method", any(random, METHODS));
        put(fields, ":scheme", random.nextInt(10) == 0 ? "ftp" : "https");
        if (random.nextInt(10) > 0) {
            put(fields, ":path", any(random, PATHS));
        }
        if (random.nextInt(10) > 0) {
            put(fields, ":authority", any(random, AUTHORITIES));
        }
        if (random.nextBoolean()) {
            var one = any(random, MORE);
            put(fields, one.getKey(), one.getValue());
        }
        return fields.toByteArray();
    }

    private static <T> T any(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** A literal that is not indexed, and not compressed (RFC 7541 section 6.2.2). */
    private static void put(ByteArrayOutputStream fields, String name, String value) {
        fields.write(0);
        for (String text : List.of(name, value)) {
            fields.write(text.length());
            fields.writeBytes(text.getBytes(ISO_8859_1));
        }
    }

    private void send(int type, int flags, int about, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) 0)
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(about);
        socket.getOutputStream().write(frame.put(payload).array());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
