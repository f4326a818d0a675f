package org.sealkeeper.http.identity;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.http.connection.Connection;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.Refusal;
import org.sealkeeper.identity.Caller;

/**
 * Limits what one caller may ask of the appliance, so that the others have their share. A caller without an identity is known by its
 * address.
 */
@Singleton
public final class CallerLimits {
    /** The caller that was quiet the longest is forgotten first; one that waits for an answer never is. */
    static final int MAX_KNOWN = 10_000;

    /** Answers take memory until they are taken, and a stranger asks for little. */
    static final int MAX_OF_ONE_STRANGER = 64;

    static final int MAX_OF_ALL_STRANGERS = 256;

    private final int concurrent;
    private final long nanosPerRequest;
    private final long nanosOfBurst;
    private final LongSupplier nanoTime;
    private final Map<String, Use> uses = new LinkedHashMap<>(16, 0.75f, true);
    private int runningOfStrangers;

    @Inject
    CallerLimits(ApplianceFile appliance, LongSupplier nanoTime) {
        this(appliance.limits(), nanoTime);
    }

    CallerLimits(ApplianceFile.Limits limits, LongSupplier nanoTime) {
        this.concurrent = limits.concurrentRequests();
        this.nanosPerRequest = TimeUnit.SECONDS.toNanos(1) / limits.requestsPerSecond();
        this.nanosOfBurst = nanosPerRequest * (limits.burst() - 1);
        this.nanoTime = nanoTime;
    }

    /**
     * What a caller has used up.
     *
     * <p>A bucket of tokens, told by one time: the moment at which it will be full again (ITU-T I.371, generic cell rate algorithm).
     */
    private static final class Use {
        private long fullAt;
        private int running;

        Use(long now) {
            this.fullAt = now;
        }
    }

    /**
     * Lets a request in, until its answer is taken.
     *
     * @throws Refusal {@code overloaded}; since a second brings one request at least, that is how long to wait
     */
    public void admit(RoutingContext context, Connection connection) {
        Optional<Caller> caller = RequestCaller.find(context);
        String name =
                caller.map(Caller::name).orElseGet(() -> connection.origin().network());
        if (caller.isPresent()) {
            admit(name);
        } else {
            admitStranger(name);
        }
        Runnable leave = caller.isPresent() ? () -> leave(name) : () -> strangerLeaves(name);
        context.addEndHandler(answered -> connection.whenTaken(context.request(), leave));
    }

    public void admit(String name) {
        admit(name, concurrent);
    }

    synchronized void admitStranger(String name) {
        if (runningOfStrangers >= MAX_OF_ALL_STRANGERS) {
            throw refused("expected fewer requests of strangers at a time");
        }
        admit(name, Math.min(concurrent, MAX_OF_ONE_STRANGER));
        runningOfStrangers++;
    }

    private synchronized void admit(String name, int mostRunning) {
        long now = nanoTime.getAsLong();
        Use use = uses.computeIfAbsent(name, _ -> new Use(now));
        if (use.running >= mostRunning) {
            throw refused("expected at most " + mostRunning + " requests of one caller at a time");
        }
        long fullAt = Math.max(use.fullAt - now, 0);
        if (fullAt > nanosOfBurst) {
            throw refused("expected fewer requests of one caller in a second");
        }
        use.fullAt = now + fullAt + nanosPerRequest;
        use.running++;
        forgetQuietest();
    }

    synchronized void leave(String name) {
        Use use = uses.get(name);
        if (use != null) {
            use.running--;
        }
    }

    synchronized void strangerLeaves(String name) {
        runningOfStrangers--;
        leave(name);
    }

    synchronized int known() {
        return uses.size();
    }

    private void forgetQuietest() {
        Iterator<Use> quietest = uses.values().iterator();
        while (uses.size() > MAX_KNOWN && quietest.hasNext()) {
            if (quietest.next().running == 0) {
                quietest.remove();
            }
        }
    }

    private static Refusal refused(String detail) {
        return new Refusal(Problem.of(ProblemType.OVERLOADED, detail));
    }
}
