package org.sealkeeper.background;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** All loops of a process, so that the death of each is found by readiness. Safe for use by many threads. */
public final class BackgroundLoops {
    private final List<BackgroundLoop> loops = new CopyOnWriteArrayList<>();
    private final BackgroundLoop.Pause pause;

    public BackgroundLoops() {
        this(BackgroundLoop::sleep);
    }

    BackgroundLoops(BackgroundLoop.Pause pause) {
        this.pause = pause;
    }

    /**
     * A loop that begins with {@link BackgroundLoop#start}.
     *
     * @param name of the thread, and in the log
     * @param interval from the end of a round to the beginning of the next; after failures, longer
     * @param round may fail: it is tried again
     * @param complaint what the log says when it fails, before the reason
     */
    public BackgroundLoop loop(String name, Duration interval, BackgroundLoop.Round round, String complaint) {
        var loop = new BackgroundLoop(name, interval, round, complaint, pause);
        loops.add(loop);
        return loop;
    }

    /** What no longer happens, and why; empty while every loop lives. */
    public List<String> deaths() {
        return loops.stream()
                .map(BackgroundLoop::death)
                .flatMap(Optional::stream)
                .toList();
    }
}
