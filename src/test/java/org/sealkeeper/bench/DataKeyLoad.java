package org.sealkeeper.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Home;

/** A lab that makes and opens records as fast as it is answered, on some connections with one request each under way. */
final class DataKeyLoad implements AutoCloseable {
    private static final int WARM_UP_SECONDS = 4;
    private static final int BATCH = 250;
    private static final String CONTEXT = "\"context\":{\"lab\":\"lab-a\",\"report\":\"2026-0001\"}";
    private static final String GENERATE = "{\"key\":\"patient-data\"," + CONTEXT + ",\"recipient\":\"lab-a\"}";

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpClient> clients;

    DataKeyLoad(Home home, int connections) {
        this.clients =
                IntStream.range(0, connections).mapToObj(i -> client(home)).toList();
    }

    private HttpClient client(Home home) {
        var pki = home.folder().resolve("pki");
        return vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setMaxPoolSize(1)
                .setKeepAliveTimeout(60)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(pki.resolve("ca.pem").toString()))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(pki.resolve("lab-a.pem").toString())
                        .addKeyPath(pki.resolve("lab-a.key").toString()))
                .setDefaultHost("localhost")
                .setDefaultPort(home.port()));
    }

    Measured generate(String what, long pid, int seconds) throws InterruptedException {
        return run(what, pid, seconds, "/v1/data-keys", 201, GENERATE);
    }

    Measured unwrap(String what, long pid, int seconds) throws InterruptedException {
        String body = unwrapping();
        return run(what, pid, seconds, "/v1/data-keys/unwrap", 200, body);
    }

    Measured unwrapBatches(String what, long pid, int seconds) throws InterruptedException {
        String body = "{\"keys\":[" + String.join(",", Collections.nCopies(BATCH, unwrapping())) + "]}";
        Measured requests = run(what, pid, seconds, "/v1/data-keys/unwrap/batch", 200, body);
        return new Measured(
                what,
                requests.perSecond() * BATCH,
                requests.p50Micros(),
                requests.p99Micros(),
                requests.cpuCores(),
                requests.rssMiB());
    }

    private String unwrapping() {
        String made = post(clients.getFirst(), "/v1/data-keys", GENERATE, 201)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return "{\"wrapped\":\"" + Blocks.json(made).get("wrapped").asText() + "\"," + CONTEXT
                + ",\"purposeOfUse\":\"TREAT\",\"recipient\":\"lab-a\"}";
    }

    private Measured run(String what, long pid, int seconds, String path, int status, String body)
            throws InterruptedException {
        var lanes = clients.stream()
                .map(client -> new Lane(client, path, status, body))
                .toList();
        var ended = new CountDownLatch(lanes.size());
        lanes.forEach(lane -> lane.next(ended));
        new CountDownLatch(1).await(WARM_UP_SECONDS, TimeUnit.SECONDS);
        lanes.forEach(lane -> lane.measuring = true);
        ProcessUse start = ProcessUse.of(pid);
        long began = System.nanoTime();
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
        lanes.forEach(lane -> lane.stopped = true);
        double elapsed = (System.nanoTime() - began) / 1e9;
        ProcessUse end = ProcessUse.of(pid);
        ended.await();
        lanes.stream().flatMap(lane -> lane.failures.stream()).findFirst().ifPresent(failure -> {
            throw new IllegalStateException("expected every request to succeed, found " + failure);
        });
        long[] all = lanes.stream()
                .flatMapToLong(lane -> LongStream.of(lane.samples.toArray()))
                .toArray();
        return Measured.of(what, all, elapsed, end.coresSince(start, elapsed), end.rssMiB());
    }

    private static Future<String> post(HttpClient client, String path, String body, int status) {
        return client.request(HttpMethod.POST, path)
                .compose(request ->
                        request.putHeader("Content-Type", "application/json").send(Buffer.buffer(body)))
                .compose(response -> response.body().map(answer -> {
                    if (response.statusCode() != status || answer.toString().contains("\"problem\"")) {
                        throw new IllegalStateException(response.statusCode() + " " + answer);
                    }
                    return answer.toString();
                }));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** One connection. */
    private static final class Lane {
        private final HttpClient client;
        private final String path;
        private final int status;
        private final String body;
        private final Samples samples = new Samples();
        private final List<String> failures = new ArrayList<>();
        private volatile boolean measuring;
        private volatile boolean stopped;

        Lane(HttpClient client, String path, int status, String body) {
            this.client = client;
            this.path = path;
            this.status = status;
            this.body = body;
        }

        void next(CountDownLatch ended) {
            if (stopped || !failures.isEmpty()) {
                ended.countDown();
                return;
            }
            boolean measured = measuring;
            long sent = System.nanoTime();
            post(client, path, body, status).onComplete(answer -> {
                if (answer.failed()) {
                    failures.add(String.valueOf(answer.cause()));
                } else if (measured) {
                    samples.add(System.nanoTime() - sent);
                }
                next(ended);
            });
        }
    }
}
