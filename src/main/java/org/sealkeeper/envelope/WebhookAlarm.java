package org.sealkeeper.envelope;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;

/**
 * Tells a webhook, from a thread of its own: {@code POST} of {@code {"event":"emergency-access","caller","key","purpose","at",
 * "until","auditIndex"}}. A webhook that is down delays nothing; it is tried a few times, then the log says that nobody was
 * told.
 */
public final class WebhookAlarm implements EmergencyAlarm, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WebhookAlarm.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** Each alarm wakes the loop; this is for one that came while a round failed. */
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final int ATTEMPTS = 5;
    private static final int MOST_WAITING = 256;

    private final BlockingQueue<EmergencyNotice> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final ObjectMapper json = new ObjectMapper();
    private final URI webhook;
    private final HttpClient client;
    private final BackgroundLoop loop;

    /** Starts its loop. */
    public WebhookAlarm(URI webhook, HttpClient client, BackgroundLoops loops) {
        this.webhook = webhook;
        this.client = client;
        this.loop = loops.loop("emergency-alarm", INTERVAL, this::deliverAll, "an alarm was not delivered");
        loop.start();
    }

    @Override
    public void ring(EmergencyNotice notice) {
        if (!waiting.offer(notice)) {
            complain(notice, "too many alarms wait");
        }
        loop.wake();
    }

    private void deliverAll() throws InterruptedException {
        for (EmergencyNotice next = waiting.poll(); next != null; next = waiting.poll()) {
            deliver(next);
        }
    }

    private void deliver(EmergencyNotice notice) throws InterruptedException {
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

    private HttpRequest request(EmergencyNotice notice) throws JsonProcessingException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", "emergency-access");
        body.put("caller", notice.caller());
        body.put("key", notice.key());
        body.put("purpose", notice.purpose());
        body.put("at", notice.at().toString());
        body.put("until", notice.until().toString());
        body.put("auditIndex", notice.leaf());
        return HttpRequest.newBuilder(webhook)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                .build();
    }

    private static void complain(EmergencyNotice notice, String why) {
        LOG.log(
                System.Logger.Level.ERROR,
                "the webhook was not told of the emergency access of leaf {0}: {1}; tell those who review it yourself",
                Long.toString(notice.leaf()),
                why);
    }

    @Override
    public void close() {
        loop.close();
    }
}
