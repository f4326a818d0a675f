package org.sealkeeper.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HandshakePaceTest {
    private static final Origin ATTACKER = new Origin("192.0.2.1");
    private static final Origin OTHER = new Origin("192.0.2.2");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final HandshakePace pace = new HandshakePace(nanos::get);

    private long nanosOf(Origin origin, int handshakes) {
        long wait = 0;
        for (int i = 0; i < handshakes; i++) {
            wait = pace.nanosToWait(origin);
        }
        return wait;
    }

    @Test
    void aBurstBeginsAtOnceAndTheRestWaitsForItsTurn() {
        assertThat(nanosOf(ATTACKER, HandshakePace.BURST)).isZero();
        assertThat(nanosOf(ATTACKER, HandshakePace.PER_SECOND)).isEqualTo(TimeUnit.SECONDS.toNanos(1));
        assertThat(nanosOf(OTHER, 1)).isZero();
    }

    @Test
    void whatWouldWaitTooLongTakesNoTurn() {
        int most = HandshakePace.BURST
                + (int) (HandshakePace.MAX_WAIT_NANOS / TimeUnit.SECONDS.toNanos(1)) * HandshakePace.PER_SECOND;
        assertThat(nanosOf(ATTACKER, most)).isEqualTo(HandshakePace.MAX_WAIT_NANOS);

        assertThat(nanosOf(ATTACKER, 10_000)).isGreaterThan(HandshakePace.MAX_WAIT_NANOS);

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(nanosOf(ATTACKER, 1)).isLessThan(HandshakePace.MAX_WAIT_NANOS);
    }
}
