package org.sealkeeper.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TlsListener.class)
class FrontDoorTest {
    private static final String BLOCK = """
            {"height":12,"previousHash":"%s","blockHash":"%s"}""".formatted("ab".repeat(32), "cd".repeat(32));

    @TestHTTPResource(value = "/", tls = true)
    URI base;

    private Door nodeA;

    @BeforeEach
    void openDoor() {
        nodeA = new Door(base, TlsListener.PKI.client("node-a"));
    }

    @Test
    void aResourceGetsTheCallerAndTheRecordAndAnswersOnTheWire() throws Exception {
        var answer = nodeA.post("/v1/echo", BLOCK.getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("caller").asText()).isEqualTo("urn:sealkeeper:node:node-a");
        assertThat(answer.json().get("thread").asText()).contains("eventloop");
        assertThat(answer.json().at("/block/height").isIntegralNumber()).isTrue();
        assertThat(answer.json().at("/block/blockHash").asText()).isEqualTo("cd".repeat(32));
        assertThat(answer.json().get("at").asText()).isEqualTo("1970-01-01T00:00:00.000Z");
    }
}
