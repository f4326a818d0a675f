package org.sealkeeper.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** Sees requests of HTTP/1.1 as the decoder finds them in the bytes. Bodies have a deadline of their own, which answers. */
final class Http1Bounds extends ChannelInboundHandlerAdapter {
    /** Of one read, all of which is decoded before another connection has its turn. */
    static final int MAX_AT_ONCE = 32;

    private final Connection connection;
    private boolean isInBody;
    private int atOnce;
    private boolean isOver;

    Http1Bounds(Connection connection) {
        this.connection = connection;
    }

    void bytesArrive() {
        atOnce = 0;
        if (!isInBody) {
            connection.arrival().goOn(connection.now());
        }
    }

    /** From now on nothing is heard of it. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == EndReason.TOO_MANY_REFUSALS) {
            isOver = true;
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            connection.arrival().end();
            isInBody = true;
            atOnce++;
        }
        if (message instanceof LastHttpContent) {
            isInBody = false;
        }
        EndReason reason = whyItEnds(message);
        if (reason != null) {
            endOnce(reason);
        }
        if (isOver) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    /** The framework fails over a broken body of a request that waits for the answer to the one before. */
    private @Nullable EndReason whyItEnds(Object message) {
        if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
            return EndReason.BROKEN_BODY;
        }
        return atOnce > MAX_AT_ONCE ? EndReason.TOO_MANY_AT_ONCE : null;
    }

    private void endOnce(EndReason reason) {
        if (!isOver) {
            isOver = true;
            connection.end(reason);
        }
    }
}
