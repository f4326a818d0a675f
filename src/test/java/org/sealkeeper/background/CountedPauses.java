package org.sealkeeper.background;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Loops whose pauses take no time, and of which only so many end as a test allows. */
public final class CountedPauses {
    private final Semaphore allowed = new Semaphore(0);
    private final AtomicInteger begun = new AtomicInteger();
    private final BackgroundLoops loops = new BackgroundLoops(this::pause);
    private int passed;

    public BackgroundLoops loops() {
        return loops;
    }

    /** Lets so many pauses end. */
    public void allow(int pauses) {
        passed += pauses;
        allowed.release(pauses);
    }

    /** Lets so many pauses end, and waits until the one after them has begun. */
    public void pass(int pauses) throws InterruptedException {
        allow(pauses);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (begun.get() <= passed && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
    }

    private void pause(Semaphore woken, Duration time) throws InterruptedException {
        begun.incrementAndGet();
        allowed.acquire();
    }
}
