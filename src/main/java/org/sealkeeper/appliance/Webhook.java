package org.sealkeeper.appliance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;

/**
 * Tells the operator's webhook what must not wait, from a thread of its own: {@code POST} of a JSON object. A webhook that is down delays
 * nothing; it is tried a few times, then the log says that the alarm was not delivered.
 */
final class Webhook implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Webhook.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** Each alarm wakes the loop; this is for one that came while a round failed. */
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final int ATTEMPTS = 5;
    private static final int MOST_WAITING = 256;

    private final BlockingQueue<Notice> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final ObjectMapper json = new ObjectMapper();
    private final URI address;
    private final HttpClient client;
    private final BackgroundLoop loop;

    /**
     * What is told.
     *
     * @param what for the log, where it could not be delivered
     * @param body the members of the JSON object, in order
     */
    record Notice(String what, Map<String, Object> body) {}

    /** Starts its loop. */
    Webhook(URI address, HttpClient client, BackgroundLoops loops) {
        this.address = address;
        this.client = client;
        this.loop = loops.loop("webhook", INTERVAL, this::deliverAll, "an alarm was not delivered");
        loop.start();
    }

    /** Does not wait, and never throws. */
    void tell(Notice notice) {
        if (!waiting.offer(notice)) {
            complain(notice, "too many alarms wait");
        }
        loop.wake();
    }

    private void deliverAll() throws InterruptedException {
        for (Notice next = waiting.poll(); next != null; next = waiting.poll()) {
            deliver(next);
        }
    }

    private void deliver(Notice notice) throws InterruptedException {
        String failure = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                HttpResponse<Void> answer = client.send(request(notice), BodyHandlers.discarding());
                if (answer.statusCode() / 100 == 2) {
                    return;
                }
                failure = "it answered " + answer.statusCode();
            } catch (IOException | RuntimeException e) {
                failure = String.valueOf(e.getMessage());
            }
            Thread.sleep(PAUSE);
        }
        complain(notice, failure);
    }

    private HttpRequest request(Notice notice) throws JsonProcessingException {
        return HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(notice.body())))
                .build();
    }

    private static void complain(Notice notice, String why) {
        LOG.log(
                System.Logger.Level.ERROR,
                "the webhook was not told of {0}: {1}; tell those who must know yourself",
                notice.what(),
                why);
    }

    @Override
    public void close() {
        loop.close();
    }
}
