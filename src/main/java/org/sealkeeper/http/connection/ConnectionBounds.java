package org.sealkeeper.http.connection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.quarkus.arc.Arc;

/**
 * Bounds each connection that is accepted: how slowly a client may send, how slowly it may take its answers, how many frames it may send
 * beside its requests. The framework's idle timeout begins anew with every byte. Netty finds this class as a service.
 */
public final class ConnectionBounds extends ChannelInitializerExtension {
    /** The system property, and its value, with which Netty looks for services. */
    public static final String LOOKUP_PROPERTY = "io.netty.bootstrap.extensions";

    public static final String LOOKUP = "serviceload";

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        Connections all = Arc.container().instance(Connections.class).get();
        var connection = new Connection(channel, all);
        long wait = all.nanosToHandshake(connection);
        if (wait > HandshakePace.MAX_WAIT_NANOS) {
            all.count(EndReason.TOO_MANY_OF_ONE_ORIGIN);
            channel.unsafe().closeForcibly(); // before anything is made for it
        } else {
            channel.pipeline().addFirst(new SocketBounds(connection, wait));
        }
    }
}
