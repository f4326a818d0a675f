package org.sealkeeper.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.http.RecentRequests;
import org.sealkeeper.http.RecentRequests.Minute;

/**
 * The requests of the last hour, as pictures.
 *
 * @param bars one for each minute
 * @param most requests in a minute: as high as the picture
 * @param slowest time of the picture: as high as it, too
 */
record TrafficView(List<Bar> bars, long most, Duration slowest, long done, long refused, long failed) {
    static final int HEIGHT = 120;
    private static final int STEP = 10;

    /**
     * A minute: from the bottom, what was done, refused and failed.
     *
     * @param x where it begins; the picture has 10 for a minute
     * @param label what a pointer that rests on it reads
     */
    record Bar(int x, int doneHeight, int refusedHeight, int failedHeight, int medianY, int slowY, String label) {
        public int doneY() {
            return HEIGHT - doneHeight;
        }

        public int refusedY() {
            return doneY() - refusedHeight;
        }

        public int failedY() {
            return refusedY() - failedHeight;
        }
    }

    static TrafficView of(List<Minute> minutes) {
        long most = Math.max(1, minutes.stream().mapToLong(Minute::all).max().orElse(1));
        Duration slowest =
                minutes.stream().map(Minute::slow).max(Duration::compareTo).orElse(Duration.ZERO);
        List<Bar> bars = new ArrayList<>();
        for (Minute minute : minutes) {
            bars.add(bar(bars.size() * STEP, minute, most, slowest));
        }
        return new TrafficView(
                List.copyOf(bars),
                most,
                slowest,
                minutes.stream().mapToLong(Minute::done).sum(),
                minutes.stream().mapToLong(Minute::refused).sum(),
                minutes.stream().mapToLong(Minute::failed).sum());
    }

    public int width() {
        return RecentRequests.MINUTES * STEP;
    }

    public int height() {
        return HEIGHT;
    }

    public long all() {
        return done + refused + failed;
    }

    /** The points of the line through the median times; none where there was no request. */
    public String medians() {
        return line(bars.stream().map(bar -> bar.x + STEP / 2 + "," + bar.medianY));
    }

    /** The points of the line under which 99 of 100 requests were answered. */
    public String slow() {
        return line(bars.stream().map(bar -> bar.x + STEP / 2 + "," + bar.slowY));
    }

    /** The slowest time, for people. */
    public String slowestText() {
        return text(slowest);
    }

    private static String line(Stream<String> points) {
        return String.join(" ", points.toList());
    }

    private static Bar bar(int x, Minute minute, long most, Duration slowest) {
        String label = "%s: %d done, %d refused, %d failed; half of them within %s, 99 of 100 within %s"
                .formatted(
                        minute.start(),
                        minute.done(),
                        minute.refused(),
                        minute.failed(),
                        text(minute.median()),
                        text(minute.slow()));
        return new Bar(
                x,
                part(minute.done(), most),
                part(minute.refused(), most),
                part(minute.failed(), most),
                HEIGHT - part(minute.median().toNanos(), Math.max(1, slowest.toNanos())),
                HEIGHT - part(minute.slow().toNanos(), Math.max(1, slowest.toNanos())),
                label);
    }

    /** What there is can be seen, however little it is. */
    private static int part(long value, long most) {
        return value == 0 ? 0 : Math.max(1, (int) (HEIGHT * value / most));
    }

    private static String text(Duration time) {
        return time.toMillis() > 0 ? time.toMillis() + " ms" : time.toNanos() / 1_000 + " µs";
    }
}
