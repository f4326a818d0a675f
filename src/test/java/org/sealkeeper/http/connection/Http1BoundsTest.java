package org.sealkeeper.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

class Http1BoundsTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Http1Bounds bounds =
            new Http1Bounds(new Connection(channel, new Connections(new SimpleMeterRegistry(), System::nanoTime)));

    Http1BoundsTest() {
        channel.pipeline().addLast(bounds);
    }

    private void receive(int requests) {
        for (int i = 0; i < requests; i++) {
            channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
        }
    }

    @Test
    void soManyRequestsOfOneReadAndNoMore() {
        receive(Http1Bounds.MAX_AT_ONCE);
        bounds.bytesArrive();
        receive(Http1Bounds.MAX_AT_ONCE);
        assertThat(channel.isOpen()).isTrue();

        receive(1);

        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.inboundMessages()).hasSize(2 * Http1Bounds.MAX_AT_ONCE);
    }

    @Test
    void aBrokenBodyEndsTheConnectionBeforeTheFrameworkSeesIt() {
        receive(1);
        channel.writeInbound(new DefaultHttpContent(Unpooled.EMPTY_BUFFER));
        var broken = new DefaultLastHttpContent();
        broken.setDecoderResult(DecoderResult.failure(new NumberFormatException("no chunk size")));

        channel.writeInbound(broken);

        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.inboundMessages()).hasSize(2);
    }
}
