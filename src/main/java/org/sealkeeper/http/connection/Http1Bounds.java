package org.sealkeeper.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;

/** Sees requests of HTTP/1.1 as the decoder finds them in the bytes. Bodies have a deadline of their own, which answers. */
final class Http1Bounds extends ChannelInboundHandlerAdapter {
    private final Arrival arrival;
    private boolean isInBody;

    Http1Bounds(Arrival arrival) {
        this.arrival = arrival;
    }

    void bytesArrive() {
        if (!isInBody) {
            arrival.goOn(System.nanoTime());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            arrival.end();
            isInBody = true;
        }
        if (message instanceof LastHttpContent) {
            isInBody = false;
        }
        context.fireChannelRead(message);
    }
}
