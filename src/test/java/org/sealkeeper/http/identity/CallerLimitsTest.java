package org.sealkeeper.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.Refusal;

class CallerLimitsTest {
    private static final String NODE_A = "node-a";
    private static final String NODE_B = "node-b";

    /** Near the end of the numbers: a clock without an origin may be anywhere. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

    private CallerLimits limits(int perSecond, int burst, int concurrent) {
        return new CallerLimits(new ApplianceFile.Limits(perSecond, burst, concurrent), nanos::get);
    }

    private static boolean isAdmitted(CallerLimits limits, String name) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> limits.admit(name));
        if (refusal != null) {
            assertThat(refusal.problem().type()).isEqualTo(ProblemType.OVERLOADED);
        }
        return refusal == null;
    }

    private static int admitted(CallerLimits limits, String name, int asked) {
        int admitted = 0;
        for (int i = 0; i < asked; i++) {
            if (isAdmitted(limits, name)) {
                limits.leave(name);
                admitted++;
            }
        }
        return admitted;
    }

    @Test
    void aBurstIsAdmittedAndThenOnlyTheRate() {
        var limits = limits(10, 5, 100);

        assertThat(admitted(limits, NODE_A, 50)).isEqualTo(5);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(250));
        assertThat(admitted(limits, NODE_A, 50)).isEqualTo(2);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(60));
        assertThat(admitted(limits, NODE_A, 50)).isEqualTo(5);
    }

    @Test
    void aRefusedCallerIsAdmittedASecondLater() {
        var limits = limits(1, 1, 100);
        for (int i = 0; i < 100; i++) {
            isAdmitted(limits, NODE_A);
        }

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));

        assertThat(isAdmitted(limits, NODE_A)).isTrue();
    }

    @Test
    void oneCallerLeavesTheOthersTheirShare() {
        var limits = limits(10, 5, 100);

        assertThat(admitted(limits, NODE_A, 50)).isEqualTo(5);
        assertThat(admitted(limits, NODE_B, 50)).isEqualTo(5);
    }

    @Test
    void onlySoManyRequestsOfACallerRunAtATime() {
        var limits = limits(1_000, 1_000, 2);

        assertThat(isAdmitted(limits, NODE_A)).isTrue();
        assertThat(isAdmitted(limits, NODE_A)).isTrue();
        assertThat(isAdmitted(limits, NODE_A)).isFalse();
        assertThat(isAdmitted(limits, NODE_B)).isTrue();
        limits.leave(NODE_A);
        assertThat(isAdmitted(limits, NODE_A)).isTrue();
    }

    @Test
    void strangersHaveFewRequestsAtATimeWhateverCallersMay() {
        var limits = limits(100_000, 100_000, 10_000);
        for (int network = 0; network < 4; network++) {
            for (int i = 0; i < CallerLimits.MAX_OF_ONE_STRANGER; i++) {
                limits.admitStranger("192.0.2." + network);
            }
        }

        assertThatThrownBy(() -> limits.admitStranger("192.0.2.4")).isInstanceOf(Refusal.class);
        assertThat(isAdmitted(limits, NODE_A)).isTrue();
        limits.strangerLeaves("192.0.2.0");
        assertThatThrownBy(() -> limits.admitStranger("192.0.2.1")).isInstanceOf(Refusal.class);
        limits.admitStranger("192.0.2.4");
    }

    @Test
    void aCrowdIsForgottenButNoCallerThatWaits() {
        var limits = limits(1_000, 1_000, 1);
        limits.admit(NODE_A);

        for (int i = 0; i < 3 * CallerLimits.MAX_KNOWN; i++) {
            assertThat(admitted(limits, "192.0.2." + i, 1)).isOne();
        }

        assertThat(limits.known()).isEqualTo(CallerLimits.MAX_KNOWN);
        assertThat(isAdmitted(limits, NODE_A)).isFalse();
    }
}
