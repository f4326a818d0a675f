package org.sealkeeper.http.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslHandler;
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
    private final long nanosToHandshake;
    private boolean isItsTurn;
    private boolean isReadHeld;
    private boolean isHeard = true;

    /** @param nanosToHandshake until anything is read */
    SocketBounds(Connection connection, long nanosToHandshake) {
        this.connection = connection;
        this.nanosToHandshake = nanosToHandshake;
        this.isItsTurn = nanosToHandshake == 0;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        check = context.executor().scheduleAtFixedRate(this::endIfOverdue, 1, 1, TimeUnit.SECONDS);
        if (!isItsTurn) {
            var _ = context.executor().schedule(() -> begin(context), nanosToHandshake, TimeUnit.NANOSECONDS);
        }
    }

    private void begin(ChannelHandlerContext context) {
        isItsTurn = true;
        readIfHeld(context);
    }

    /** The framework has put together what it needs before TLS. Without TLS it is the management port, which is for this machine. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null) {
            connection.open();
            String name = context.pipeline().context(tls).name();
            context.pipeline().addAfter(name, null, new Http2Bounds(connection, tls));
        }
        context.fireChannelActive();
    }

    private void endIfOverdue() {
        long now = connection.now();
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
        var found = new Http1Bounds(connection);
        pipeline.addAfter(decoder.name(), null, found);
        return found;
    }

    @Override
    public void read(ChannelHandlerContext context) {
        isReadHeld = true;
        readIfHeld(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        connection.answers().socketChanged(connection.now());
        readIfHeld(context);
        context.fireChannelWritabilityChanged();
    }

    /** What a client that is not heard any more goes on to send stays in its own buffers. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        isHeard = isHeard && event != EndReason.TOO_MANY_REFUSALS;
        context.fireUserEventTriggered(event);
    }

    private void readIfHeld(ChannelHandlerContext context) {
        if (isReadHeld && isItsTurn && isHeard && context.channel().isWritable()) {
            isReadHeld = false;
            context.read();
        }
    }

    /** Also where it never became active. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (check != null) {
            check.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.answers().connectionEnds();
        context.fireChannelInactive();
    }
}
