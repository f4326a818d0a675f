package org.sealkeeper.http.connection;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** One open connection to the API. What it holds belongs to the thread of its channel, but for its caller. */
public final class Connection {
    private final Channel channel;
    private final Origin origin;
    private final Arrival arrival = new Arrival();
    private final UntakenAnswers answers;
    private final Connections all;
    private volatile @Nullable String caller;

    Connection(Channel channel, Connections all) {
        this.channel = channel;
        this.origin = Origin.of(channel.remoteAddress());
        this.answers = new UntakenAnswers(channel);
        this.all = all;
    }

    /** Where it comes from. */
    public Origin origin() {
        return origin;
    }

    /** Does something once the answer to this request, which was written, is taken by its client, or the connection is over. */
    public void whenTaken(HttpServerRequest request, Runnable then) {
        int stream = request.streamId();
        channel.eventLoop().execute(() -> answers.whenTaken(stream, then));
    }

    /** As {@link Connections#now}. */
    long now() {
        return all.now();
    }

    Channel channel() {
        return channel;
    }

    Arrival arrival() {
        return arrival;
    }

    UntakenAnswers answers() {
        return answers;
    }

    /** The caller that was identified on it first; null while it is a stranger's. */
    @Nullable
    String caller() {
        return caller;
    }

    /** For {@link Connections}, which counts. */
    void belongsTo(String known) {
        caller = known;
    }

    /** Counts it from now on. */
    void open() {
        var _ = all.open(this);
    }

    /** Closes it, and counts why. Below the codec of HTTP/2, which would wait for the streams that are open. */
    void end(EndReason reason) {
        all.count(reason);
        var _ = channel.pipeline().firstContext().close();
    }
}
