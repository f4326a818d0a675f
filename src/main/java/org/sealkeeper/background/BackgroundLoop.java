package org.sealkeeper.background;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does something again and again, on a daemon thread of its own: whenever a pause is over, and at once when it is woken.
 *
 * <p>A round that fails is complained about once, and tried again after ever longer pauses, until one succeeds. An {@link Error}
 * leaves nothing to rely on, so the loop ends with it: that is logged, and {@link #death} gives it from then on.
 */
public final class BackgroundLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BackgroundLoop.class.getName());
    /** Unless the interval itself is longer. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final int MOST_DOUBLINGS = 10;

    private final String name;
    private final Duration interval;
    private final Round round;
    private final String complaint;
    private final Pause pause;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable Throwable death;
    /** In a row; owned by the thread. */
    private int failures;

    /** What is done in each round. */
    @FunctionalInterface
    public interface Round {
        /**
         * Does it once.
         *
         * @throws InterruptedException if the loop is closed meanwhile
         */
        void run() throws InterruptedException;
    }

    /** How the thread waits; tests look at what it waits for. */
    @FunctionalInterface
    interface Pause {
        /** Waits for the time, or until woken. */
        void await(Semaphore woken, Duration time) throws InterruptedException;
    }

    BackgroundLoop(String name, Duration interval, Round round, String complaint, Pause pause) {
        this.name = name;
        this.interval = interval;
        this.round = round;
        this.complaint = complaint;
        this.pause = pause;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::live);
    }

    static void sleep(Semaphore woken, Duration time) throws InterruptedException {
        boolean _ = woken.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    public void start() {
        thread.start();
    }

    /** Whatever changed before this call is seen by a round that begins after it, also if one is under way. */
    public void wake() {
        woken.release();
    }

    /** Why it ended without being closed; empty where it did not. */
    public Optional<String> death() {
        return Optional.ofNullable(death).map(cause -> name + " has ended: " + cause);
    }

    /** Lets no further round begin, and interrupts the one under way. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }

    private void live() {
        try {
            while (!closing) {
                pauseAndRun();
            }
        } catch (Throwable end) {
            if (!closing) {
                death = end;
                LOG.log(System.Logger.Level.ERROR, name + " has ended, and with it what it did", end);
            }
        }
    }

    private void pauseAndRun() {
        try {
            pause.await(woken, nextPause());
            woken.drainPermits(); // one round is enough for all wakes before it
            round.run();
            recover();
        } catch (InterruptedException e) {
            // Closing, or an interrupted round: the loop's condition decides.
        } catch (RuntimeException e) {
            complain(e);
        }
    }

    private Duration nextPause() {
        Duration longer = interval.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        Duration longest = interval.compareTo(LONGEST_PAUSE) > 0 ? interval : LONGEST_PAUSE;
        return longer.compareTo(longest) > 0 ? longest : longer;
    }

    private void recover() {
        if (failures > 0) {
            LOG.log(System.Logger.Level.INFO, "{0} works again after {1} failures", name, Integer.toString(failures));
        }
        failures = 0;
    }

    private void complain(RuntimeException failure) {
        if (failures == 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: {1}; it is tried again, and not complained about until it works",
                    complaint,
                    failure.getMessage() == null ? failure : failure.getMessage());
        }
        failures++;
    }
}
