package org.sealkeeper.http.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * All open connections to the API. Strangers can open as many as they like: the oldest give way, so that a new caller has the time
 * to prove its identity. From then on no stranger can close its connection.
 */
@Singleton
public final class Connections {
    /** With those of known callers, fewer than the framework accepts (quarkus.http.limits.max-connections). */
    static final int MAX_STRANGERS = 2_048;

    static final int MAX_STRANGERS_OF_ONE_ORIGIN = 512;
    static final int MAX_KNOWN = 2_048;

    /** Enough for a busy node, and eight of them fill the appliance. */
    public static final int MAX_OF_ONE_CALLER = 256;

    private static final AttributeKey<Connection> KEY = AttributeKey.valueOf(Connection.class.getName());

    private final Map<Origin, Set<Connection>> strangers = new LinkedHashMap<>();
    private final Map<String, Integer> known = new HashMap<>();
    private final HandshakePace handshakes;
    private final LongSupplier nanoTime;
    private final MeterRegistry metrics;

    Connections(MeterRegistry metrics, LongSupplier nanoTime) {
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.handshakes = new HandshakePace(nanoTime);
        for (EndReason reason : EndReason.values()) {
            counter(reason);
        }
        gauge("stranger", Connections::strangers);
        gauge("known", Connections::known);
    }

    private Counter counter(EndReason reason) {
        return Counter.builder("sealkeeper.connections.closed")
                .description("Connections that the appliance closed, by reason")
                .tag("reason", reason.label())
                .register(metrics);
    }

    private void gauge(String of, ToDoubleFunction<Connections> count) {
        Gauge.builder("sealkeeper.connections", this, count)
                .description("Open connections to the API, of known callers and of strangers")
                .tag("of", of)
                .register(metrics);
    }

    /** The one this request to the API came by. One that {@link ConnectionBounds} has not seen opens now. */
    public Connection of(HttpServerRequest request) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        Connection connection = channel.attr(KEY).get();
        return connection == null ? open(new Connection(channel, this)) : connection;
    }

    /** How long one that is accepted waits before it is read from; as {@link HandshakePace#nanosToWait}. */
    long nanosToHandshake(Connection connection) {
        return handshakes.nanosToWait(connection.origin());
    }

    /** Counts one that is accepted; where strangers have too many, the oldest is closed. */
    Connection open(Connection connection) {
        connection.channel().attr(KEY).set(connection);
        var _ = connection.channel().closeFuture().addListener(_ -> forget(connection));
        Crowded crowded = addStranger(connection);
        if (crowded != null) {
            crowded.oldest().end(crowded.reason());
        }
        return connection;
    }

    /** The connection that gives way. */
    private record Crowded(Connection oldest, EndReason reason) {}

    private synchronized @Nullable Crowded addStranger(Connection connection) {
        Set<Connection> neighbours = strangers.computeIfAbsent(connection.origin(), origin -> new LinkedHashSet<>());
        neighbours.add(connection);
        Crowded crowded = null;
        if (neighbours.size() > MAX_STRANGERS_OF_ONE_ORIGIN) {
            crowded = new Crowded(neighbours.iterator().next(), EndReason.TOO_MANY_OF_ONE_ORIGIN);
        } else if (strangers() > MAX_STRANGERS) {
            crowded = new Crowded(oldestOfLargestOrigin(), EndReason.TOO_MANY_STRANGERS);
        }
        if (crowded != null) {
            removeStranger(crowded.oldest());
        }
        return crowded;
    }

    private Connection oldestOfLargestOrigin() {
        return strangers.values().stream()
                .max(Comparator.comparingInt(Collection::size))
                .orElseThrow()
                .iterator()
                .next();
    }

    private boolean removeStranger(Connection connection) {
        Set<Connection> neighbours = strangers.get(connection.origin());
        if (neighbours == null || !neighbours.remove(connection)) {
            return false;
        }
        if (neighbours.isEmpty()) {
            strangers.remove(connection.origin());
        }
        return true;
    }

    /**
     * Notes the caller of the connection. The first one keeps it.
     *
     * @return false where this caller, or all known callers together, have too many already; the connection stays a stranger's
     */
    public boolean recognize(Connection connection, String caller) {
        return connection.caller() != null || recognizeFirst(connection, caller);
    }

    private synchronized boolean recognizeFirst(Connection connection, String caller) {
        if (known.getOrDefault(caller, 0) >= MAX_OF_ONE_CALLER || known() >= MAX_KNOWN) {
            return false;
        }
        if (removeStranger(connection)) { // else it is being closed
            connection.belongsTo(caller);
            known.merge(caller, 1, Integer::sum);
        }
        return true;
    }

    synchronized void forget(Connection connection) {
        String caller = connection.caller();
        if (!removeStranger(connection) && caller != null) {
            known.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
        }
    }

    synchronized int strangers() {
        return strangers.values().stream().mapToInt(Set::size).sum();
    }

    synchronized int known() {
        return known.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** By a monotonic clock, in nanoseconds. */
    long now() {
        return nanoTime.getAsLong();
    }

    void count(EndReason reason) {
        counter(reason).increment();
    }
}
