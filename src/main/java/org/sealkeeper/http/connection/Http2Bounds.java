package org.sealkeeper.http.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * Behind TLS, where the frames of HTTP/2 pass in both directions. The codec bounds the size of what a frame brings; here it is bounded how
 * many come, how slowly, and how long their answers may stay.
 */
final class Http2Bounds extends ChannelDuplexHandler {
    /** "PRI * HTTP/2.0" and the rest of RFC 9113 section 3.4. */
    private static final int PREFACE_BYTES = 24;

    /** Far more than a header list of 32 KiB needs in frames of 16 KiB. */
    private static final int MAX_CONTINUATIONS = 16;

    /**
     * Of one connection, by either side, while it is a stranger's: each costs a request and the next connection a handshake, and a stranger
     * has little to ask for that it could give up. Those of a known caller are bounded by time, by the codec.
     */
    private static final int MAX_RESETS_OF_A_STRANGER = 10;

    /** RFC 9113 section 7. */
    private static final int ENHANCE_YOUR_CALM = 0xb;

    private final Connection connection;
    private final SslHandler tls;
    private final FrameReader received = new FrameReader(PREFACE_BYTES, this::receive);
    private final FrameReader sent = new FrameReader(0, this::send);
    private final FrameBudget budget = new FrameBudget();
    private int lastStream;
    private boolean isInHeaders;
    private int continuations;
    private int resets;
    private boolean isOver;
    private boolean isReset;

    Http2Bounds(Connection connection, SslHandler tls) {
        this.connection = connection;
        this.tls = tls;
    }

    /** Of TLS: before the framework hears of it, and writes its first frame. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == EndReason.TOO_MANY_REFUSALS) {
            var _ = tell(context, "expected fewer requests of strangers");
            return;
        }
        if (event instanceof SslHandshakeCompletionEvent
                && !ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())) {
            context.pipeline().remove(this);
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (isOver) {
            ReferenceCountUtil.release(bytes);
            return;
        }
        received.read((ByteBuf) bytes);
        if (isInHeaders || received.isWithinFrame()) {
            connection.arrival().goOn(connection.now());
        } else {
            connection.arrival().end();
        }
        if (isTooMany()) {
            ReferenceCountUtil.release(bytes);
            goAway(context);
        } else {
            context.fireChannelRead(bytes);
        }
    }

    private boolean isTooMany() {
        return budget.isOverdrawn()
                || continuations > MAX_CONTINUATIONS
                || (resets > MAX_RESETS_OF_A_STRANGER && connection.caller() == null);
    }

    private void receive(Frame frame) {
        if (!isInHeaders) {
            connection.arrival().begin(connection.now()); // a frame that began before has come whole
        }
        switch (frame.type()) {
            case Frame.HEADERS -> receiveHeaders(frame);
            case Frame.CONTINUATION -> receiveContinuation(frame);
            default -> receiveOther(frame);
        }
    }

    private void receiveHeaders(Frame frame) {
        isInHeaders = !frame.endsHeaders();
        continuations = 0;
        if (frame.stream() > lastStream) {
            lastStream = frame.stream();
            connection.answers().streamBegins(lastStream, connection.now());
            budget.earn(FrameBudget.FOR_A_REQUEST);
        } else {
            budget.spend();
        }
    }

    private void receiveContinuation(Frame frame) {
        isInHeaders = !frame.endsHeaders();
        continuations++;
    }

    private void receiveOther(Frame frame) {
        if (frame.type() == Frame.RST_STREAM) {
            resets++;
            connection.answers().streamEnds(frame.stream());
        }
        if (!frame.isBody()) {
            budget.spend();
        }
    }

    private void goAway(ChannelHandlerContext context) {
        ChannelFuture told = tell(context, "expected fewer frames for each request");
        var _ = told.addListener(_ -> connection.end(EndReason.TOO_MANY_FRAMES));
    }

    /** That nothing more is heard of it and why, as far as it listens. */
    private ChannelFuture tell(ChannelHandlerContext context, String why) {
        isOver = true;
        byte[] reason = why.getBytes(US_ASCII);
        ByteBuf frame = context.alloc()
                .buffer()
                .writeMedium(2 * Integer.BYTES + reason.length)
                .writeByte(Frame.GOAWAY)
                .writeByte(0)
                .writeInt(0)
                .writeInt(lastStream)
                .writeInt(ENHANCE_YOUR_CALM)
                .writeBytes(reason);
        return context.writeAndFlush(frame);
    }

    @Override
    public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) {
        isReset = false;
        if (bytes instanceof ByteBuf frames) {
            sent.read(frames);
        }
        var _ = context.write(bytes, isReset ? ofReset(context, promise) : promise);
    }

    /** A reset that cannot be sent, since its client hung up, is of no use: the framework would fail over streams it does not know. */
    private static ChannelPromise ofReset(ChannelHandlerContext context, ChannelPromise promise) {
        ChannelPromise sent = context.newPromise();
        var _ = sent.addListener(_ -> promise.trySuccess());
        return sent;
    }

    private void send(Frame frame) {
        if (frame.type() == Frame.DATA) {
            budget.earn(FrameBudget.FOR_AN_ANSWERING_FRAME);
            connection.answers().streamGoesOn(frame.stream(), connection.now());
        }
        if (frame.endsStream()) {
            connection.answers().streamEnds(frame.stream());
        }
        if (frame.type() == Frame.RST_STREAM) {
            isReset = true;
            resets++;
        }
    }
}
