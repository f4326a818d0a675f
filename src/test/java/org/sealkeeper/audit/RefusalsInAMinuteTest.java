package org.sealkeeper.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;

/** The first refusals of a kind get a leaf each, and no caller makes more of them by asking in another way. */
class RefusalsInAMinuteTest {
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final RefusalsInAMinute refusals = new RefusalsInAMinute(() -> now);

    @Test
    void ofOneKindTheFirstInAMinuteGetALeafEach() {
        assertThat(admitted(100, 0)).isEqualTo(RefusalsInAMinute.SINGLE);

        now = now.plusSeconds(59);
        assertThat(admitted(1, 0)).isZero();
        now = now.plusSeconds(1);
        assertThat(admitted(100, 0)).isEqualTo(RefusalsInAMinute.SINGLE);
    }

    @Test
    void aClockThatIsSetBackMakesNoMinuteLonger() {
        admitted(100, 0);
        now = now.minusSeconds(3_600);
        assertThat(admitted(1, 0)).isEqualTo(1);
    }

    @Test
    void anotherCallerOrReasonIsAnotherKind() {
        admitted(100, 0);
        assertThat(refusals.isAmongTheFirst(refusal("urn:b", "forbidden", 0))).isTrue();
        assertThat(refusals.isAmongTheFirst(refusal("urn:a", "conflicting-block", 0)))
                .isTrue();
    }

    @Test
    void anotherBlockOfAnotherChainIsNot() {
        admitted(100, 0);
        assertThat(admitted(100, 1)).isZero();
    }

    @Test
    void thousandsOfCallersShareWhatIsLeft() {
        long admitted = IntStream.range(0, 5_000)
                .filter(i -> refusals.isAmongTheFirst(refusal("urn:" + i, "forbidden", 0)))
                .count();
        assertThat(admitted).isEqualTo(1_024 + RefusalsInAMinute.SINGLE);

        now = now.plusSeconds(60);
        assertThat(refusals.isAmongTheFirst(refusal("urn:new", "forbidden", 0))).isTrue();
    }

    private long admitted(int of, int chain) {
        return IntStream.range(0, of)
                .filter(i -> refusals.isAmongTheFirst(refusal("urn:a", "forbidden", chain)))
                .count();
    }

    private Leaf refusal(String caller, String reason, int chain) {
        var block = new Subject.Block(
                new ChainName("lab-" + chain), new Height(chain), BlockHash.zeros(32), BlockHash.zeros(32));
        return Leaf.done(
                        now, Operation.SIGN_BLOCK, new Actor.Identified(Caller.of(new CallerId(caller))), block, "rule")
                .refused(Decision.denied("rule"), new Reason(reason));
    }
}
