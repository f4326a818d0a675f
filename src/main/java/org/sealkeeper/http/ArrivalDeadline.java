package org.sealkeeper.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hangs up on clients whose HTTP/1.1 request line and headers do not arrive in time: the framework's idle timeout begins anew with
 * every byte, and would let a client who sends one now and then keep his connection for hours. Netty finds this class as a service.
 */
public final class ArrivalDeadline extends ChannelInitializerExtension {
    /** The system property, and its value, with which Netty looks for services. */
    static final String LOOKUP_PROPERTY = "io.netty.bootstrap.extensions";

    static final String LOOKUP = "serviceload";

    /** Far longer than any network needs for 32 KiB. */
    static final int SECONDS = 10;

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new FirstByte());
    }

    /** Sees bytes as they come from the network, encrypted or not. */
    private static final class FirstByte extends ChannelInboundHandlerAdapter {
        private @Nullable Future<?> deadline;
        private boolean isInstalled;
        private boolean isInBody;

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (isInstalled || install(context.pipeline())) {
                begin(context);
            }
            context.fireChannelRead(bytes);
        }

        /** Once TLS and the protocol are settled. HTTP/2 has no such decoder: its headers come in one frame. */
        private boolean install(ChannelPipeline pipeline) {
            ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
            if (decoder != null) {
                pipeline.addAfter(decoder.name(), null, new Arrived(this));
                isInstalled = true;
            }
            return isInstalled;
        }

        private void begin(ChannelHandlerContext context) {
            if (deadline == null && !isInBody) {
                deadline = context.executor().schedule(() -> hangUp(context), SECONDS, TimeUnit.SECONDS);
            }
        }

        private static void hangUp(ChannelHandlerContext context) {
            var _ = context.close();
        }

        private void headersArrived() {
            isInBody = true;
            if (deadline != null) {
                deadline.cancel(false);
                deadline = null;
            }
        }

        private void bodyArrived() {
            isInBody = false;
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            headersArrived();
            context.fireChannelInactive();
        }
    }

    /** Sees requests as the decoder finds them in the bytes. */
    private static final class Arrived extends ChannelInboundHandlerAdapter {
        private final FirstByte bytes;

        Arrived(FirstByte bytes) {
            this.bytes = bytes;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                bytes.headersArrived();
            }
            if (message instanceof LastHttpContent) {
                bytes.bodyArrived();
            }
            context.fireChannelRead(message);
        }
    }
}
