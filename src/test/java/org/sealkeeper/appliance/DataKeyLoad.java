package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;

/** A laboratory that makes data keys and has them released, again and again, until it is closed. */
final class DataKeyLoad implements AutoCloseable {
    /** Between two of them: what it loads is to do what a test waits for as well. */
    private static final long THINKING_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final Caller lab;
    private final Thread thread;
    private final AtomicInteger released = new AtomicInteger();
    /** Answers that are neither what was asked for nor an outage of the token. */
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    private volatile boolean stopped;

    DataKeyLoad(Home home) {
        this.lab = Caller.of(home, "lab-a");
        this.thread = Thread.ofPlatform().start(this::run);
    }

    private void run() {
        while (!stopped) {
            try {
                releaseOne();
                LockSupport.parkNanos(THINKING_NANOS);
            } catch (UncheckedIOException gone) {
                wrong.add(gone.toString());
            }
        }
    }

    private void releaseOne() {
        HttpResponse<String> made = lab.post("/v1/data-keys", """
                {"key":"patient-data","context":{"report":"r-1","lab":"lab-a"},"recipient":"lab-a"}""");
        if (!isAnswered(made, 201)) {
            return;
        }
        HttpResponse<String> opened = lab.post("/v1/data-keys/unwrap", """
                {"wrapped":"%s","context":{"lab":"lab-a","report":"r-1"},"purposeOfUse":"HOPERAT","recipient":"lab-a"}
                """.formatted(
                        Blocks.json(made).get("wrapped").asText()));
        if (isAnswered(opened, 200)) {
            released.incrementAndGet();
        }
    }

    private boolean isAnswered(HttpResponse<String> answer, int status) {
        if (answer.statusCode() != status && answer.statusCode() != 503) {
            wrong.add(answer.statusCode() + " " + answer.body());
        }
        return answer.statusCode() == status;
    }

    int released() {
        return released.get();
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        lab.close();
        assertThat(wrong).isEmpty();
    }
}
