package org.sealkeeper.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Home;

/**
 * Ledger nodes signing as fast as they are answered. A chain is signed one block after the other, so each chain has one
 * request under way, and goes round the connections; where there are more chains than that over HTTP/1.1, each connection goes round its
 * chains.
 */
final class Load implements AutoCloseable {
    private static final int WARM_UP_SECONDS = 4;

    private final Vertx vertx = Vertx.vertx();
    private final Home home;
    private final HttpVersion version;
    private final List<Lane> lanes;
    private final int blocksPerRequest;
    private final String mode;
    private final LongAdder blocks = new LongAdder();
    private final CountDownLatch ended;
    private volatile boolean stopped;

    /** The chains {@code bench-FIRST} and so many above. */
    record ChainRange(int first, int count) {}

    Load(Home home, HttpVersion version, int connections, int chains, int blocksPerRequest) {
        this(home, version, connections, chains, blocksPerRequest, "individual");
    }

    Load(Home home, HttpVersion version, int connections, int chains, int blocksPerRequest, String mode) {
        this(home, version, connections, new ChainRange(0, chains), blocksPerRequest, mode);
    }

    /** @param mode of the batches, where a request has more than one block */
    Load(Home home, HttpVersion version, int connections, ChainRange chains, int blocksPerRequest, String mode) {
        this.home = home;
        this.version = version;
        this.blocksPerRequest = blocksPerRequest;
        this.mode = mode;
        List<HttpClient> clients =
                IntStream.range(0, connections).mapToObj(i -> client()).toList();
        int lanesWanted = version == HttpVersion.HTTP_2 ? chains.count() : Math.min(connections, chains.count());
        this.lanes = IntStream.range(0, lanesWanted)
                .mapToObj(lane -> new Lane(
                        every(lanesWanted, lane, chains.count())
                                .mapToObj(chain -> new ChainEnd("bench-" + (chains.first() + chain)))
                                .toList(),
                        lane < connections
                                ? every(lanesWanted, lane, connections)
                                        .mapToObj(clients::get)
                                        .toList()
                                : List.of(clients.get(lane % connections))))
                .toList();
        this.ended = new CountDownLatch(lanesWanted);
    }

    private static IntStream every(int step, int from, int to) {
        return IntStream.iterate(from, i -> i < to, i -> i + step);
    }

    private HttpClient client() {
        var pki = home.folder().resolve("pki");
        return vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(version == HttpVersion.HTTP_2)
                .setProtocolVersion(version)
                .setMaxPoolSize(1)
                .setHttp2MaxPoolSize(1)
                .setPipelining(false)
                .setKeepAliveTimeout(60)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(pki.resolve("ca.pem").toString()))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(pki.resolve("node-a.pem").toString())
                        .addKeyPath(pki.resolve("node-a.key").toString()))
                .setDefaultHost("localhost")
                .setDefaultPort(home.port()));
    }

    /** Signs for a while to warm up, then measures; every answer must be that of a new signature. */
    Measured run(String what, long pid, int seconds) throws InterruptedException {
        start();
        Measured measured = measure(what, pid, seconds);
        end();
        return measured;
    }

    /** Begins to sign, and returns when it is warm. */
    void start() throws InterruptedException {
        lanes.forEach(lane -> lane.next(ended));
        new CountDownLatch(1).await(WARM_UP_SECONDS, TimeUnit.SECONDS);
    }

    /** What is signed within some time. */
    Measured measure(String what, long pid, int seconds) throws InterruptedException {
        lanes.forEach(lane -> lane.samples = new Samples());
        ProcessUse start = ProcessUse.of(pid);
        long began = System.nanoTime();
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
        List<Samples> measured = lanes.stream().map(lane -> lane.samples).toList();
        lanes.forEach(lane -> lane.samples = new Samples());
        double elapsed = (System.nanoTime() - began) / 1e9;
        ProcessUse end = ProcessUse.of(pid);
        long[] all = measured.stream()
                .flatMapToLong(samples -> LongStream.of(samples.toArray()))
                .toArray();
        Measured requests = Measured.of(what, all, elapsed, end.coresSince(start, elapsed), end.rssMiB());
        return new Measured(
                what,
                requests.perSecond() * blocksPerRequest,
                requests.p50Micros(),
                requests.p99Micros(),
                requests.cpuCores(),
                requests.rssMiB());
    }

    /** How many blocks were signed so far. */
    long blocks() {
        return blocks.sum();
    }

    /** Returns when every request is answered; all must have been signed. */
    void end() throws InterruptedException {
        stopped = true;
        ended.await();
        List<String> failures = new ArrayList<>();
        lanes.forEach(lane -> failures.addAll(lane.failures));
        if (!failures.isEmpty()) {
            throw new IllegalStateException("expected every block to be signed, found " + failures.getFirst());
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Where a chain ends; -1 until it is asked. */
    private static final class ChainEnd {
        private final String chain;
        private long next = -1;

        ChainEnd(String chain) {
            this.chain = chain;
        }
    }

    /** One chain and the connections it goes round, or one connection and its chains. */
    private final class Lane {
        private final List<ChainEnd> chains;
        private final List<HttpClient> clients;
        private final List<String> failures = new ArrayList<>();
        /** Another one for each measurement. */
        private volatile Samples samples = new Samples();

        private int turn;

        Lane(List<ChainEnd> chains, List<HttpClient> clients) {
            this.chains = chains;
            this.clients = clients;
        }

        void next(CountDownLatch ended) {
            if (stopped || !failures.isEmpty()) {
                ended.countDown();
                return;
            }
            Samples current = samples;
            ChainEnd chain = chains.get(turn % chains.size());
            HttpClient client = clients.get(turn % clients.size());
            turn++;
            long sent = System.nanoTime();
            ask(client, chain).onComplete(answer -> {
                if (answer.failed()) {
                    failures.add(chain.chain + ": " + answer.cause());
                } else {
                    current.add(System.nanoTime() - sent);
                }
                next(ended);
            });
        }

        private Future<Void> ask(HttpClient client, ChainEnd chain) {
            return chain.next < 0 ? head(client, chain).compose(none -> sign(client, chain)) : sign(client, chain);
        }

        private Future<Void> head(HttpClient client, ChainEnd chain) {
            return client.request(HttpMethod.GET, "/v1/chains/" + chain.chain)
                    .compose(request -> request.send())
                    .compose(response -> response.body())
                    .map(body -> {
                        chain.next =
                                Blocks.json(body.toString()).at("/head/height").asLong(-1) + 1;
                        return null;
                    });
        }

        private Future<Void> sign(HttpClient client, ChainEnd chain) {
            String path = blocksPerRequest == 1 ? "/v1/chains/" + chain.chain + "/blocks" : "/v1/blocks/batch";
            Buffer body = blocksPerRequest == 1 ? Buffer.buffer(Blocks.request(chain.chain, chain.next)) : batch(chain);
            return client.request(HttpMethod.POST, path)
                    .compose(request -> request.putHeader("Content-Type", "application/json")
                            .send(body))
                    .compose(response -> response.body().map(answer -> accept(chain, response.statusCode(), answer)));
        }

        private Void accept(ChainEnd chain, int status, Buffer answer) {
            boolean signed = blocksPerRequest == 1
                    ? status == 201
                    : status == 200 && !answer.toString().contains("\"problem\"");
            if (!signed) {
                throw new IllegalStateException(status + " " + answer);
            }
            chain.next += blocksPerRequest;
            blocks.add(blocksPerRequest);
            return null;
        }

        private Buffer batch(ChainEnd end) {
            var body = new StringBuilder("{\"mode\":\"" + mode + "\",\"blocks\":[");
            for (int i = 0; i < blocksPerRequest; i++) {
                body.append(i == 0 ? "" : ",")
                        .append(Blocks.request(end.chain, end.next + i)
                                .replace("{", "{\"chain\":\"" + end.chain + "\","));
            }
            return Buffer.buffer(body.append("]}").toString());
        }
    }
}
