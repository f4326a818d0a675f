package org.sealkeeper.http.connection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
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
        ChannelPipeline pipeline = channel.pipeline();
        Connections all = Arc.container().instance(Connections.class).get();
        SslHandler tls = pipeline.get(SslHandler.class);
        if (tls == null) { // the management port, which is for this machine
            pipeline.addFirst(new SocketBounds(new Connection(channel, all)));
        } else {
            Connection connection = all.open(channel);
            pipeline.addFirst(new SocketBounds(connection));
            pipeline.addAfter(pipeline.context(tls).name(), null, new Http2Bounds(connection, tls));
        }
    }
}
