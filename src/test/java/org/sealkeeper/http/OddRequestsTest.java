package org.sealkeeper.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client sends by mistake: refused with a problem, at both ports, and the log does not hear of it. */
abstract class OddRequestsTest {
    private static final String HOST = "Host: localhost\r\n";

    private final URI base;
    private final URI management;
    private final Queue<LogRecord> log = new ConcurrentLinkedQueue<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord line) {
            log.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    OddRequestsTest(URI base, URI management) {
        this.base = base;
        this.management = management;
    }

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(recorder);
    }

    @AfterEach
    void nothingWasLogged() {
        Logger.getLogger("").removeHandler(recorder);
        assertThat(log).extracting(LogRecord::getMessage).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET * HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "CONNECT a:1 HTTP/1.1",
                "GET foo HTTP/1.1",
                "GET ?x HTTP/1.1",
                "GET # HTTP/1.1",
                "GET http:/v1/echo/caller HTTP/1.1",
                "GET https://[::1 HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET /v1/echo/caller?a=%zz HTTP/1.1"
            })
    void aTargetThatIsNoPathIsAnInvalidRequest(String line) throws IOException {
        assertInvalid(line, HOST, "\"field\":\"uri\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: a b\r\n", "Host: a:99999999\r\n", "Host: [::\r\n", HOST + HOST})
    void aRequestThatNamesNoOneHostIsAnInvalidRequest(String hosts) throws IOException {
        assertInvalid("GET /v1/echo/caller HTTP/1.1", hosts, "\"field\":\"Host\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {",,,;", ";", "a;", "\"", "/", "a/", "a/b/c", "*/x;q=z", "a;b=c;d=\""})
    void whatIsNoMediaTypeIsRefused(String accept) throws IOException {
        String request =
                "GET /v1/echo/two-forms HTTP/1.1\r\n" + HOST + "Accept: " + accept + "\r\nConnection: close\r\n\r\n";

        assertThat(api(request)).startsWith("HTTP/1.1 40").contains("urn:sealkeeper:problem:");
        assertThat(api(request.replace("Accept", "Content-Type")))
                .matches("(?s)HTTP/1.1 (200|415) .*")
                .containsPattern("X-Request-Id: [0-9a-f]{32}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"POST /q/health", "DELETE /q/metrics", "BREW /q/health/live", "GET /nowhere", "GET /q/%2e%2e/x"})
    void theManagementPortIsReadAndNothingElse(String line) throws IOException {
        assertThat(plain(line + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 40[45] .*")
                .contains("urn:sealkeeper:problem:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept: a;b=c;d=\"", "Content-Type: a;d=\""})
    void theManagementPortRefusesHeadersTheFrameworkCannotRead(String header) throws IOException {
        assertThat(plain("GET /q/metrics HTTP/1.1\r\n" + HOST + header + "\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 4(00|15) .*")
                .contains("urn:sealkeeper:problem:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 2\r\n\r\n{}", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"})
    void theManagementPortReadsNoBody(String body) throws IOException {
        assertThat(plain("GET /q/health HTTP/1.1\r\n" + HOST + "Connection: close\r\n" + body))
                .startsWith("HTTP/1.1 400")
                .contains("\"field\":\"body\"");
    }

    @Test
    void aBodyThatBreaksOffIsNothingToLog() throws IOException {
        String broken = " HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}";

        assertThat(api("POST /v1/echo" + broken) + plain("GET /q/health" + broken))
                .doesNotContain("HTTP/1.1 5");
    }

    private void assertInvalid(String line, String headers, String field) throws IOException {
        String request = line + "\r\n" + headers + "Connection: close\r\n\r\n";
        for (String answer : new String[] {api(request), plain(request)}) {
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .containsPattern("X-Request-Id: [0-9a-f]{32}")
                    .contains("urn:sealkeeper:problem:invalid-request", field);
        }
    }

    private String api(String request) throws IOException {
        return new Door(base, TlsListener.PKI.client("node-a")).raw(request);
    }

    private String plain(String request) throws IOException {
        return plain(management, request);
    }

    static String plain(URI management, String request) throws IOException {
        try (var socket = new Socket(management.getHost(), management.getPort())) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
