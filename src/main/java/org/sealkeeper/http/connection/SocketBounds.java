package org.sealkeeper.http.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Next to the socket, where bytes are as the network brings them, encrypted or not. Ends what is overdue, and reads nothing from a client
 * that does not take what it was sent.
 */
final class SocketBounds extends ChannelDuplexHandler {
    private final Connection connection;
    private @Nullable Future<?> check;
    private @Nullable Http1Bounds http1;
    private boolean isReadHeld;

    SocketBounds(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        check = context.executor().scheduleAtFixedRate(this::endIfOverdue, 1, 1, TimeUnit.SECONDS);
    }

    private void endIfOverdue() {
        long now = System.nanoTime();
        if (connection.arrival().isOverdue(now)) {
            connection.end(EndReason.SLOW_REQUEST);
        } else if (connection.answers().areOverdue(now)) {
            connection.end(EndReason.UNREAD_ANSWERS);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (http1 == null) {
            http1 = findHttp1(context.pipeline());
        }
        if (http1 != null) {
            http1.bytesArrive();
        }
        context.fireChannelRead(bytes);
    }

    /** Once TLS and the protocol are settled. */
    private @Nullable Http1Bounds findHttp1(ChannelPipeline pipeline) {
        ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
        if (decoder == null) {
            return null;
        }
        var found = new Http1Bounds(connection.arrival());
        pipeline.addAfter(decoder.name(), null, found);
        return found;
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            context.read();
        } else {
            isReadHeld = true;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        connection.answers().socketChanged(System.nanoTime());
        if (isReadHeld && context.channel().isWritable()) {
            isReadHeld = false;
            context.read();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (check != null) {
            check.cancel(false);
        }
        connection.answers().connectionEnds();
        context.fireChannelInactive();
    }
}
