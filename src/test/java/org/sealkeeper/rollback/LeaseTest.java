package org.sealkeeper.rollback;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // such a clock may overflow
    private final Lease lease = new Lease(Duration.ofNanos(10), now::get);

    @Test
    void nothingIsHeldBeforeTheTokenWasWritten() {
        assertThatThrownBy(lease::requireHeld).isInstanceOf(Lease.Lapsed.class);
    }

    @Test
    void itIsHeldFromBeforeTheWriteUntilItsLengthIsOver() {
        long began = now.get();
        now.addAndGet(4); // the write takes its time
        lease.renewed(began);
        assertThatCode(lease::requireHeld).doesNotThrowAnyException();

        now.addAndGet(5);
        assertThatCode(lease::requireHeld).doesNotThrowAnyException();
        now.addAndGet(1);
        assertThatThrownBy(lease::requireHeld).isInstanceOf(Lease.Lapsed.class);
    }
}
