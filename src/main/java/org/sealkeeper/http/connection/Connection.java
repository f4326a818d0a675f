package org.sealkeeper.http.connection;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One open connection to the API. What it holds belongs to the thread of its channel, but for its caller. */
public final class Connection {
    /** Of requests beyond the share of strangers: one that goes on to ask does not listen. */
    static final int MAX_REFUSALS_OF_A_STRANGER = 10;

    /** Until one that is not heard is closed. At once, it would give back its share of requests, and come again with a new handshake. */
    static final int SECONDS_UNHEARD = 10;

    private final Channel channel;
    private final Origin origin;
    private final Arrival arrival = new Arrival();
    private final UntakenAnswers answers;
    private final Connections all;
    private volatile @Nullable String caller;
    private int refusals;

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

    /**
     * Counts a request that is about to be refused, since strangers have their share. One too many ends the connection, unless a caller was
     * identified on it: its client is told so with this answer, and not heard any more.
     */
    public void refuseStranger(HttpServerRequest request) {
        if (refuse() && request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /** Counts a refusal. Whether it is the one too many. */
    boolean refuse() {
        refusals++;
        if (refusals != MAX_REFUSALS_OF_A_STRANGER + 1 || caller != null) {
            return false;
        }
        channel.pipeline().fireUserEventTriggered(EndReason.TOO_MANY_REFUSALS);
        var _ = channel.eventLoop().schedule(this::endUnheard, SECONDS_UNHEARD, TimeUnit.SECONDS);
        return true;
    }

    private void endUnheard() {
        if (channel.isActive()) {
            end(EndReason.TOO_MANY_REFUSALS);
        }
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
