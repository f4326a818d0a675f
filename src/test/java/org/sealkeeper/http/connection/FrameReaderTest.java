package org.sealkeeper.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final int PREFACE = 24;

    private static ByteBuf stream() {
        return Unpooled.buffer()
                .writeZero(PREFACE)
                .writeMedium(6)
                .writeByte(0x4)
                .writeByte(0)
                .writeInt(0)
                .writeZero(6)
                .writeMedium(300)
                .writeByte(Frame.HEADERS)
                .writeByte(0x1)
                .writeInt(1)
                .writeZero(300)
                .writeMedium(0)
                .writeByte(Frame.CONTINUATION)
                .writeByte(0x4)
                .writeInt(1)
                .writeMedium(0xffffff)
                .writeByte(0xff)
                .writeByte(0xff)
                .writeInt(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 1_000})
    void framesAreFoundWhateverTheirPieces(int piece) {
        List<Frame> frames = new ArrayList<>();
        var reader = new FrameReader(PREFACE, frames::add);
        ByteBuf bytes = stream();
        while (bytes.isReadable()) {
            ByteBuf next = bytes.readSlice(Math.min(piece, bytes.readableBytes()));
            reader.read(next);
            assertThat(next.isReadable()).isTrue();
        }

        assertThat(frames)
                .containsExactly(
                        new Frame(6, 0x4, 0, 0),
                        new Frame(300, Frame.HEADERS, 0x1, 1),
                        new Frame(0, Frame.CONTINUATION, 0x4, 1),
                        new Frame(0xffffff, 0xff, 0xff, Integer.MAX_VALUE));
        assertThat(reader.isWithinFrame()).isTrue();
    }
}
