package org.sealkeeper.issuers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sealkeeper.http.TlsListener;
import org.sealkeeper.testing.TokenIssuer;

class DiscoveredEndpointsTest {
    private Instant now = Instant.EPOCH;
    private TokenIssuer issuer;
    private HttpClient client;

    @BeforeEach
    void start() {
        issuer = TokenIssuer.start(TlsListener.PKI.certificate("ca").getParent());
        client = HttpClient.newBuilder()
                .sslContext(TlsListener.PKI.clientWithoutCertificate())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        issuer.close();
    }

    private DiscoveredEndpoints endpoints(String name) {
        URI metadata = URI.create(issuer.name() + IssuersFile.METADATA);
        return new DiscoveredEndpoints(name, metadata, new IssuerServer(client), () -> now);
    }

    @Test
    void theyAreAskedForOnceInAWhileAndServeWhileTheIssuerIsAway() {
        var endpoints = endpoints(issuer.name());
        issuer.setDown(true);
        assertThat(endpoints.current()).isEmpty();

        issuer.setDown(false);
        assertThat(endpoints.current()).isEmpty();
        now = now.plus(DiscoveredEndpoints.INTERVAL);
        assertThat(endpoints.current()).hasValueSatisfying(known -> {
            assertThat(known.token()).isEqualTo(URI.create(issuer.name() + "/token"));
            assertThat(known.namesItself()).isTrue();
        });

        issuer.setDown(true);
        now = now.plus(Duration.ofHours(1));
        assertThat(endpoints.current()).isPresent();
    }

    @Test
    void metadataOfAnotherIssuerNamesNone() {
        assertThat(endpoints("https://localhost").current()).isEmpty();
    }

    @Test
    void anEndpointThatCouldLeadAwayIsNone() {
        Map<String, Object> good = Map.of(
                "authorization_endpoint", "https://idp.example/a?b=c", "token_endpoint", "https://idp.example/t");

        for (String bad : new String[] {"http://idp.example/a", "https://idp.example/a#b", "javascript:alert(1)", ""}) {
            Map<String, Object> other = new HashMap<>(good);
            other.put("authorization_endpoint", bad);
            assertThatThrownBy(() -> Endpoints.of(other)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Endpoints.of(Map.of())).hasMessageContaining("authorization_endpoint");
    }
}
