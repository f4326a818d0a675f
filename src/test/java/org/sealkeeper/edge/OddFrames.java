package org.sealkeeper.edge;

import static org.sealkeeper.edge.Http2Connection.ACK;
import static org.sealkeeper.edge.Http2Connection.END_HEADERS;
import static org.sealkeeper.edge.Http2Connection.GOAWAY;
import static org.sealkeeper.edge.Http2Connection.HEADERS;
import static org.sealkeeper.edge.Http2Connection.PING;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Random;
import javax.net.ssl.SSLSocket;

/** Frames of HTTP/2 by chance: of every type and some that there are not, with any flags, streams, lengths and payloads. */
public final class OddFrames {
    private static final int MOST = 30;
    private static final int TYPES = 12;
    private static final int MOST_BYTES = 200;

    private final Random random;

    public OddFrames(Random random) {
        this.random = random;
    }

    /**
     * Sends some on a connection, and a ping.
     *
     * @throws SocketTimeoutException if neither the ping is answered nor the connection ends
     */
    public void exchange(SSLSocket socket) throws SocketTimeoutException {
        try (var connection = new Http2Connection(socket, 1 << 16)) {
            for (int i = random.nextInt(MOST); i >= 0; i--) {
                send(connection);
            }
            connection.send(PING, 0, 0, new byte[8]);
            Http2Connection.Frame frame = connection.read();
            while (frame.type() != GOAWAY && !(frame.type() == PING && frame.flags() == ACK)) {
                frame = connection.read();
            }
        } catch (SocketTimeoutException hanging) {
            throw hanging;
        } catch (IOException ended) {
            // so it was refused
        }
    }

    private void send(Http2Connection connection) throws IOException {
        int stream = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(9);
        if (random.nextInt(4) == 0) {
            connection.send(HEADERS, END_HEADERS | random.nextInt(2), stream, Http2Connection.get("/v1/keys"));
        } else {
            byte[] payload = new byte[random.nextInt(3) == 0 ? random.nextInt(MOST_BYTES) : 4 * random.nextInt(3)];
            random.nextBytes(payload);
            connection.send(random.nextInt(TYPES), random.nextInt(256), stream, payload);
        }
    }
}
