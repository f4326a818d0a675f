package org.sealkeeper.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sealkeeper.issuers.CodeRequest;

class PendingSignInsTest {
    private static final String ISSUER = "https://idp.example";

    private final SecureRandom random = new SecureRandom();
    private final CodeRequest request = CodeRequest.fresh(URI.create("https://localhost/console/sign-in/end"), random);
    private Instant now = Instant.EPOCH;
    private final PendingSignIns pending = new PendingSignIns(() -> now, random);

    private CookieSecret begin(String network) {
        return pending.keep(ISSUER, request, network);
    }

    @Test
    void whatWasBegunEndsOnceWithItsSecretAndItsState() {
        CookieSecret secret = begin("192.0.2.1");

        assertThat(pending.take(secret.text(), "another state")).isEmpty();
        assertThat(pending.take("another secret", request.state())).isEmpty();
        assertThat(pending.take(secret.text(), request.state()))
                .get()
                .satisfies(begun -> assertThat(begun.request()).isEqualTo(request));
        assertThat(pending.take(secret.text(), request.state())).isEmpty();
        assertThat(pending.count()).isZero();
    }

    @Test
    void afterTenMinutesItIsTooLate() {
        CookieSecret intime = begin("192.0.2.1");
        CookieSecret late = begin("192.0.2.1");

        now = now.plus(PendingSignIns.WITHIN).minusMillis(1);
        assertThat(pending.take(intime.text(), request.state())).isPresent();
        now = now.plusMillis(1);
        assertThat(pending.take(late.text(), request.state())).isEmpty();
        begin("192.0.2.1");
        assertThat(pending.count()).isEqualTo(1);
    }

    @Test
    void tenThousandOfOneNetworkTakeNoPlaceOfAnother() {
        CookieSecret other = begin("198.51.100.7");
        for (int i = 0; i < 10_000; i++) {
            begin("192.0.2.1");
        }

        assertThat(pending.count()).isEqualTo(PendingSignIns.MAX_OF_ONE_NETWORK + 1);
        assertThat(pending.take(other.text(), request.state())).isPresent();
    }

    @Test
    void tenThousandOfAsManyNetworksStayBounded() {
        CookieSecret last = begin("192.0.2.1");
        for (int i = 0; i < 10_000; i++) {
            last = begin("network " + i);
        }

        assertThat(pending.count()).isEqualTo(PendingSignIns.MAX);
        assertThat(pending.take(last.text(), request.state())).isPresent();
        now = now.plus(Duration.ofHours(1));
        begin("192.0.2.1");
        assertThat(pending.count()).isEqualTo(1);
    }
}
