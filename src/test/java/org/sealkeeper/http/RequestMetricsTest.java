package org.sealkeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

abstract class RequestMetricsTest {
    private final URI base;
    private final URI management;
    private final MeterRegistry registry;

    RequestMetricsTest(URI base, URI management, MeterRegistry registry) {
        this.base = base;
        this.management = management;
        this.registry = registry;
    }

    @Test
    void theRequestsOfADoorAreCountedUnderItsDeclaredPath() throws Exception {
        var nodeA = new Door(base, TlsListener.PKI.client("node-a"));
        nodeA.get("/v1/echo/chains/lab-a/7?limit=3");
        nodeA.get("/v1/echo/chains/LAB/7");
        nodeA.get("/openapi");

        await("/v1/echo/chains/{chain}/{height}", "200", "SUCCESS");
        await("/v1/echo/chains/{chain}/{height}", "400", "CLIENT_ERROR");
        await("/openapi", "200", "SUCCESS");
    }

    private void await(String uri, String status, String outcome) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (registry.find("http.server.requests")
                        .tags("method", "GET", "uri", uri, "status", status, "outcome", outcome)
                        .timer()
                == null) {
            assertThat(System.nanoTime())
                    .as("%s in %s", uri, series("http.server.requests"))
                    .isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    @Test
    void nothingACallerWritesBecomesALabel() throws Exception {
        askOddly("first");
        Set<Meter.Id> before = series("http");
        for (int i = 0; i < 12; i++) {
            askOddly("text-" + i);
        }

        assertThat(series("http")).isEqualTo(before);
        assertThat(before.toString()).doesNotContain("first");
    }

    private void askOddly(String text) throws IOException {
        var stranger = new Door(base, TlsListener.PKI.clientWithoutCertificate());
        var nodeA = new Door(base, TlsListener.PKI.client("node-a"));
        for (Door door : List.of(stranger, nodeA)) {
            door.raw(request(text.toUpperCase(Locale.ROOT) + " /v1/echo"));
            door.raw(request("GET /v1/" + text + "?" + text));
            door.raw(request("GET /v1/echo/chains/" + text + "/1"));
            door.raw(request("GET " + text));
        }
        OddRequestsTest.plain(management, request("GET /" + text));
        OddRequestsTest.plain(management, request(text + " /q/health"));
    }

    private static String request(String line) {
        return line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    private Set<Meter.Id> series(String name) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith(name))
                .collect(Collectors.toSet());
    }
}
