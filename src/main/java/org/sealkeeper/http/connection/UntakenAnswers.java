package org.sealkeeper.http.connection;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one connection that its client has not taken yet. They take memory: a request whose answer is not taken still counts
 * as one under way. For the thread of the connection alone; times are of {@link Connections#now}.
 */
final class UntakenAnswers {
    /** Without a frame of the answer: longer than any takes to be begun. A long export may last for hours. */
    static final int STREAM_SECONDS = 60;

    /** Until the network has taken what is written. */
    static final int SOCKET_SECONDS = 10;

    private final Channel channel;
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final List<Runnable> waitingForSocket = new ArrayList<>();
    private long fullSince;

    UntakenAnswers(Channel channel) {
        this.channel = channel;
    }

    /** A stream of HTTP/2 whose answer has not left; the client's window may hold it back. */
    private static final class Stream {
        private long latest;
        private @Nullable Runnable whenTaken;

        Stream(long now) {
            this.latest = now;
        }
    }

    void streamBegins(int stream, long now) {
        streams.put(stream, new Stream(now));
    }

    /** A part of its answer leaves. */
    void streamGoesOn(int stream, long now) {
        Stream open = streams.get(stream);
        if (open != null) {
            open.latest = now;
        }
    }

    /** The last frame of its answer leaves, or one of both sides gave it up. */
    void streamEnds(int stream) {
        Stream ended = streams.remove(stream);
        if (ended != null && ended.whenTaken != null) {
            whenSocketTakes(ended.whenTaken);
        }
    }

    /** The socket has taken enough of what was written, or too little. */
    void socketChanged(long now) {
        fullSince = now;
        if (channel.isWritable()) {
            runWaiting();
        }
    }

    /**
     * Does something once an answer that was written is taken, or its connection is over.
     *
     * @param stream of HTTP/2; any other number for HTTP/1.1
     */
    void whenTaken(int stream, Runnable then) {
        Stream open = streams.get(stream);
        if (open != null && channel.isActive()) {
            open.whenTaken = then;
        } else {
            whenSocketTakes(then);
        }
    }

    private void whenSocketTakes(Runnable then) {
        if (channel.isWritable() || !channel.isActive()) {
            then.run();
        } else {
            waitingForSocket.add(then);
        }
    }

    void connectionEnds() {
        List.copyOf(streams.keySet()).forEach(this::streamEnds);
        runWaiting();
    }

    private void runWaiting() {
        List<Runnable> taken = List.copyOf(waitingForSocket);
        waitingForSocket.clear();
        taken.forEach(Runnable::run);
    }

    boolean areOverdue(long now) {
        boolean isSocketStuck = !channel.isWritable() && now - fullSince > TimeUnit.SECONDS.toNanos(SOCKET_SECONDS);
        return isSocketStuck || streams.values().stream().anyMatch(stream -> isStuck(stream, now));
    }

    private static boolean isStuck(Stream stream, long now) {
        return now - stream.latest > TimeUnit.SECONDS.toNanos(STREAM_SECONDS);
    }
}
