package org.sealkeeper.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The worst ledger node there is: it asks for the head, and has another block signed on it each time. It keeps whatever it was ever
 * answered, by whichever appliance.
 */
public final class Ledger {
    private static final String CHAIN = "/v1/chains/lab-a";

    /**
     * Between two requests of nodes that need not be in the middle of one at each moment: what they load is to do what a test waits for as
     * well.
     */
    public static final Duration LEISURE = Duration.ofMillis(25);

    private final JWKSet keys;
    private final Map<Long, Set<String>> hashes = new ConcurrentSkipListMap<>();
    private final Map<Long, String> signatures = new ConcurrentSkipListMap<>();
    private final AtomicLong blocks = new AtomicLong();

    /** @param jwks the appliance's public keys */
    public Ledger(String jwks) {
        try {
            this.keys = JWKSet.parse(jwks);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Asks once for a new block on the head; the answer, whatever it is. */
    public HttpResponse<String> ask(Caller node) {
        JsonNode chain = Blocks.json(node.get(CHAIN));
        long height = chain.at("/head/height").asLong(-1) + 1;
        String link = chain.at("/head/blockHash").asText(Blocks.GENESIS_LINK);
        String hash = chain.has("claimed")
                ? chain.at("/claimed/blockHash").asText()
                : Blocks.hash("ledger " + blocks.incrementAndGet() + " at " + height);
        HttpResponse<String> answer = node.post(CHAIN + "/blocks", Blocks.request(height, link, hash));
        if (answer.statusCode() / 100 == 2) {
            keep(Blocks.json(answer));
        }
        return answer;
    }

    /** Asks again and again, in a thread of its own, until it is stopped; a node that gets no answer asks again. */
    public Load load(Home home, int nodes) {
        return load(home, nodes, Duration.ZERO);
    }

    /** As above, with so much time between two requests of a node. */
    public Load load(Home home, int nodes, Duration thinking) {
        return new Load(home, nodes, thinking);
    }

    private void keep(JsonNode block) {
        long height = block.get("height").asLong();
        hashes.computeIfAbsent(height, none -> ConcurrentHashMap.newKeySet())
                .add(block.get("blockHash").asText());
        signatures.put(height, block.get("signature").asText());
    }

    /** How many heights were answered. */
    public int size() {
        return signatures.size();
    }

    /** Every signature ever answered is genuine, and none of two is for the same height. */
    public void assertThatNoHeightHasTwoHashes() {
        assertThat(hashes)
                .allSatisfy((height, seen) ->
                        assertThat(seen).as("height %s", height).hasSize(1));
        assertThat(signatures.values()).allMatch(this::isGenuine);
    }

    /** Every signature ever answered is in this export, one JSON object a line. */
    public void assertThatNothingIsLost(String export) {
        Map<Long, String> kept = new ConcurrentHashMap<>();
        export.lines()
                .map(Blocks::json)
                .forEach(block -> kept.put(
                        block.get("height").asLong(), block.get("signature").asText()));
        assertThat(kept).containsAllEntriesOf(signatures);
    }

    private boolean isGenuine(String signature) {
        try {
            JWSObject jws = JWSObject.parse(signature);
            return jws.verify(new ECDSAVerifier(
                    keys.getKeyByKeyId(jws.getHeader().getKeyID()).toECKey()));
        } catch (ParseException | JOSEException e) {
            throw new AssertionError(signature, e);
        }
    }

    /** Nodes at work. */
    public final class Load implements AutoCloseable {
        private final Thread[] threads;
        private final Duration thinking;
        private volatile boolean stopped;

        private Load(Home home, int nodes, Duration thinking) {
            this.thinking = thinking;
            this.threads = new Thread[nodes];
            for (int i = 0; i < nodes; i++) {
                threads[i] = Thread.ofPlatform().start(() -> run(home));
            }
        }

        private void run(Home home) {
            try (var node = Caller.of(home, "node-a")) {
                while (!stopped) {
                    try {
                        var _ = ask(node);
                        Thread.sleep(thinking);
                    } catch (UncheckedIOException gone) {
                        Thread.sleep(20);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Returns when every node has its last answer, or none. */
        @Override
        public void close() {
            stopped = true;
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
