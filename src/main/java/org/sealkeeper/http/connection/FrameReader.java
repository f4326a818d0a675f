package org.sealkeeper.http.connection;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Reads the headers of HTTP/2 frames out of bytes that pass, in pieces of any size, and skips what is between them. */
final class FrameReader {
    private final Consumer<Frame> frames;
    private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
    private int toSkip;

    /** @param prefaceBytes how many come before the first frame */
    FrameReader(int prefaceBytes, Consumer<Frame> frames) {
        this.toSkip = prefaceBytes;
        this.frames = frames;
    }

    /** Leaves the bytes unread for the next handler. */
    void read(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (toSkip > 0) {
                int skipped = Math.min(toSkip, bytes.writerIndex() - at);
                toSkip -= skipped;
                at += skipped;
            } else {
                header.put(bytes.getByte(at++));
                announceIfComplete();
            }
        }
    }

    private void announceIfComplete() {
        if (!header.hasRemaining()) {
            header.flip();
            int lengthAndType = header.getInt();
            var frame = new Frame(
                    lengthAndType >>> 8,
                    lengthAndType & 0xff,
                    header.get() & 0xff,
                    header.getInt() & Integer.MAX_VALUE);
            header.clear();
            toSkip = frame.length();
            frames.accept(frame);
        }
    }

    /** Whether a frame has begun that is not whole. */
    boolean isWithinFrame() {
        return toSkip > 0 || header.position() > 0;
    }
}
