package org.sealkeeper.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** A connection of HTTP/2 whose client writes each frame as it likes (RFC 9113). */
public final class Http2Connection implements AutoCloseable {
    public static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    public static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    static final int ACK = 1;
    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;

    private static final int INITIAL_WINDOW_SIZE = 4;

    private final SSLSocket socket;
    private final DataInputStream in;

    /** @param window how many bytes of each answer the server may send before it is told more */
    public Http2Connection(SSLSocket socket, int window) throws IOException {
        this.socket = socket;
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        send(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, window));
    }

    /**
     * A frame that the server sent.
     *
     * @param payload a character a byte
     */
    public record Frame(int type, int flags, int stream, String payload) {
        boolean ends(int about) {
            return stream == about && (type == RST_STREAM || (type <= HEADERS && (flags & END_STREAM) != 0));
        }
    }

    /** The next frame that the server sends. */
    public Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        return new Frame(
                in.readUnsignedByte(),
                in.readUnsignedByte(),
                in.readInt(),
                new String(in.readNBytes(length), ISO_8859_1));
    }

    public void send(int type, int flags, int stream, byte... payload) throws IOException {
        socket.getOutputStream().write(frame(type, flags, stream, payload));
    }

    static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) 0)
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** The same frame many times, in one write. */
    void sendMany(int times, byte[] frame) throws IOException {
        var frames = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            frames.writeBytes(frame);
        }
        socket.getOutputStream().write(frames.toByteArray());
    }

    static byte[] setting(int name, int value) {
        return ByteBuffer.allocate(6).putShort((short) name).putInt(value).array();
    }

    /** The header fields of a request for what is public. */
    public static byte[] get(String path) {
        var fields = new ByteArrayOutputStream();
        put(fields, ":method", "GET");
        put(fields, ":scheme", "https");
        put(fields, ":path", path);
        put(fields, ":authority", "localhost");
        return fields.toByteArray();
    }

    /** A literal that is not indexed, and not compressed (RFC 7541 section 6.2.2). */
    static void put(ByteArrayOutputStream fields, String name, String value) {
        fields.write(0);
        for (String text : List.of(name, value)) {
            fields.write(text.length());
            fields.writeBytes(text.getBytes(ISO_8859_1));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
