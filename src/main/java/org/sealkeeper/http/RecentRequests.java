package org.sealkeeper.http;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What became of the requests of the last hour, minute by minute, for people who look: metrics are for those who have a system that keeps
 * them. Bounded, and safe for use by many threads.
 */
@Singleton
public final class RecentRequests {
    /** How many minutes it knows, the one that is not over included. */
    public static final int MINUTES = 60;

    private static final long SECONDS = 60;

    private final InstantSource clock;
    private final AtomicReferenceArray<Tally> tallies = new AtomicReferenceArray<>(MINUTES);

    public RecentRequests(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * One minute.
     *
     * @param done requests that were answered as asked
     * @param refused requests that were not, by a fault or for lack of a right of their caller's (status 400 to 499)
     * @param failed requests that were not, by a fault of ours (status 500 and above)
     * @param median of the time until the answer; zero where there was no request
     * @param slow within which 99 of 100 were answered
     */
    public record Minute(Instant start, long done, long refused, long failed, Duration median, Duration slow) {
        public long all() {
            return done + refused + failed;
        }
    }

    /** Counts a request that was just answered. */
    void count(int status, Duration time) {
        long minute = clock.instant().getEpochSecond() / SECONDS;
        int place = (int) (minute % MINUTES);
        Tally tally = tallies.get(place);
        while (tally == null || tally.minute < minute) {
            tallies.compareAndSet(place, tally, new Tally(minute));
            tally = tallies.get(place);
        }
        tally.count(status, time);
    }

    /** The minutes of the last hour, the oldest first; those without requests too. */
    public List<Minute> lastHour() {
        long now = clock.instant().getEpochSecond() / SECONDS;
        List<Minute> minutes = new ArrayList<>();
        for (long minute = now - MINUTES + 1; minute <= now; minute++) {
            Tally tally = tallies.get((int) (minute % MINUTES));
            minutes.add((tally == null || tally.minute != minute ? new Tally(minute) : tally).minute());
        }
        return minutes;
    }

    /** Counts of one minute. Times are counted in steps of a quarter of a doubling: a percentile is right to 19 percent. */
    private static final class Tally {
        private static final int STEPS = 4;
        private static final int TIMES = 34 * STEPS; // up to five hours, in microseconds
        private static final double MEDIAN = 0.5;
        private static final double SLOW = 0.99;

        private final long minute;
        private final AtomicLongArray outcomes = new AtomicLongArray(3);
        private final AtomicLongArray times = new AtomicLongArray(TIMES);

        Tally(long minute) {
            this.minute = minute;
        }

        void count(int status, Duration time) {
            outcomes.incrementAndGet(status >= 500 ? 2 : status >= 400 ? 1 : 0);
            double micros = Math.max(1, time.toNanos() / 1_000.0);
            times.incrementAndGet(Math.min(TIMES - 1, (int) (STEPS * Math.log(micros) / Math.log(2))));
        }

        Minute minute() {
            return new Minute(
                    Instant.ofEpochSecond(minute * SECONDS),
                    outcomes.get(0),
                    outcomes.get(1),
                    outcomes.get(2),
                    percentile(MEDIAN),
                    percentile(SLOW));
        }

        private Duration percentile(double share) {
            long all = 0;
            for (int i = 0; i < TIMES; i++) {
                all += times.get(i);
            }
            long wanted = (long) Math.ceil(all * share);
            long seen = 0;
            for (int i = 0; i < TIMES && wanted > 0; i++) {
                seen += times.get(i);
                if (seen >= wanted) {
                    return Duration.ofNanos((long) (1_000 * Math.pow(2, (i + 1.0) / STEPS)));
                }
            }
            return Duration.ZERO;
        }
    }
}
