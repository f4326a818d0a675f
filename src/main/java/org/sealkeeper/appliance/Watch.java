package org.sealkeeper.appliance;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks at something again and again, in a thread of its own: whenever the interval is over, and at once when asked to. */
final class Watch {
    private static final Logger LOG = Logger.getLogger(Watch.class);

    private final Duration interval;
    private final Runnable look;
    private final String complaint;
    private final Semaphore asked = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;

    /**
     * Begins with {@link #start}.
     *
     * @param look may fail: the next one is tried all the same
     * @param complaint what the log then says, before the reason
     */
    Watch(String name, Duration interval, Runnable look, String complaint) {
        this.interval = interval;
        this.look = look;
        this.complaint = complaint;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopping = true;
        thread.interrupt();
    }

    /** Whatever changed before this call is looked at, also if a look is under way. */
    void lookNow() {
        asked.release();
    }

    private void run() {
        while (!stopping) {
            try {
                boolean _ = asked.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS);
                asked.drainPermits(); // one look is enough for all who asked before it
                look.run();
            } catch (InterruptedException e) {
                return; // stopping
            } catch (RuntimeException e) {
                LOG.warnf("%s: %s", complaint, e.getMessage());
            }
        }
    }
}
