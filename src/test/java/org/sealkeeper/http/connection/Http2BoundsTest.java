package org.sealkeeper.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Http2BoundsTest {
    private static final int PING = 0x6;
    private static final int END_STREAM = 0x1;
    private static final int END_HEADERS = 0x4;

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final Connection connection =
            new Connection(channel, new Connections(new SimpleMeterRegistry(), System::nanoTime));

    @BeforeEach
    void begin() throws Exception {
        channel.pipeline()
                .addLast(new Http2Bounds(
                        connection, new SslHandler(SSLContext.getDefault().createSSLEngine())));
        receive(Unpooled.buffer().writeZero(24));
    }

    private void receive(ByteBuf bytes) {
        channel.writeInbound(bytes);
        channel.releaseInbound();
    }

    private static ByteBuf frame(int type, int flags, int stream, int length) {
        return Unpooled.buffer()
                .writeMedium(length)
                .writeByte(type)
                .writeByte(flags)
                .writeInt(stream)
                .writeZero(length);
    }

    private void receive(int times, int type, int flags, int stream, int length) {
        for (int i = 0; i < times; i++) {
            receive(frame(type, flags, stream, length));
        }
    }

    private static long inSeconds(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void aClientThatSendsMoreFramesThanItsRequestsNeedIsToldSoAndClosed() {
        receive(FrameBudget.AT_FIRST, PING, 0, 0, 8);
        assertThat(channel.isOpen()).isTrue();

        receive(1, PING, 0, 0, 8);

        ByteBuf goAway = channel.readOutbound();
        assertThat(goAway.getByte(3)).isEqualTo((byte) Frame.GOAWAY);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void eachRequestAndEachFrameOfItsAnswerAllowsMore() {
        receive(FrameBudget.AT_FIRST, PING, 0, 0, 8);

        receive(1, Frame.HEADERS, END_STREAM | END_HEADERS, 1, 10);
        channel.writeOutbound(frame(Frame.DATA, 0, 1, 10));
        receive(FrameBudget.FOR_A_REQUEST + FrameBudget.FOR_AN_ANSWERING_FRAME, PING, 0, 0, 8);
        assertThat(channel.isOpen()).isTrue();

        receive(1, PING, 0, 0, 8);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aStrangerMayResetFewStreams() {
        receive(10, Frame.RST_STREAM, 0, 1, 4);
        assertThat(channel.isOpen()).isTrue();

        receive(1, Frame.RST_STREAM, 0, 1, 4);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whatAStrangerMakesTheServerResetCountsToo() {
        for (int i = 0; i < 11; i++) {
            channel.writeOutbound(frame(Frame.RST_STREAM, 0, 1, 4));
        }

        receive(1, PING, 0, 0, 8);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aKnownCallerMayResetMore() {
        connection.belongsTo("node-a");

        receive(50, Frame.RST_STREAM, 0, 1, 4);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aHeaderBlockHasAnEnd() {
        receive(1, Frame.HEADERS, END_STREAM, 1, 10);
        receive(16, Frame.CONTINUATION, 0, 1, 0);
        assertThat(channel.isOpen()).isTrue();

        receive(1, Frame.CONTINUATION, 0, 1, 0);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anotherFrameOfAHeaderBlockWinsNoTime() {
        receive(1, Frame.HEADERS, END_STREAM, 1, 10);
        receive(1, Frame.CONTINUATION, 0, 1, 0);
        assertThat(connection.arrival().isOverdue(inSeconds(Arrival.SECONDS + 1)))
                .isTrue();

        receive(1, Frame.CONTINUATION, END_HEADERS, 1, 0);
        assertThat(connection.arrival().isOverdue(inSeconds(Arrival.SECONDS + 1)))
                .isFalse();
    }

    @Test
    void aFrameThatIsNotWholeIsOverdueToo() {
        receive(frame(Frame.HEADERS, END_HEADERS, 1, 10).slice(0, 12));

        assertThat(connection.arrival().isOverdue(inSeconds(Arrival.SECONDS + 1)))
                .isTrue();
    }

    @Test
    void aResetThatCannotBeSentIsNoFault() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) {
                ReferenceCountUtil.release(bytes);
                promise.setFailure(new ClosedChannelException());
            }
        });

        assertThat(channel.writeOneOutbound(frame(Frame.RST_STREAM, 0, 1, 4)).isSuccess())
                .isTrue();
        assertThat(channel.writeOneOutbound(frame(Frame.DATA, 0, 1, 4)).isSuccess())
                .isFalse();
    }

    @Test
    void anAnswerThatGoesOnMayLastLong() {
        var answers = connection.answers();
        long begun = System.nanoTime();
        answers.streamBegins(1, begun);
        long later = begun + TimeUnit.SECONDS.toNanos(UntakenAnswers.STREAM_SECONDS) + 1;
        assertThat(answers.areOverdue(later)).isTrue();

        answers.streamGoesOn(1, begun + 1);

        assertThat(answers.areOverdue(later)).isFalse();
    }

    @Test
    void anAnswerIsTakenWhenItsLastFrameLeaves() {
        var taken = new AtomicInteger();
        receive(1, Frame.HEADERS, END_STREAM | END_HEADERS, 1, 10);
        connection.answers().whenTaken(1, taken::incrementAndGet);
        channel.writeOutbound(frame(Frame.DATA, 0, 1, 10));
        assertThat(taken).hasValue(0);
        assertThat(connection.answers().areOverdue(inSeconds(UntakenAnswers.STREAM_SECONDS + 1)))
                .isTrue();

        channel.writeOutbound(frame(Frame.DATA, END_STREAM, 1, 10));

        assertThat(taken).hasValue(1);
        assertThat(connection.answers().areOverdue(inSeconds(UntakenAnswers.STREAM_SECONDS + 1)))
                .isFalse();
    }
}
