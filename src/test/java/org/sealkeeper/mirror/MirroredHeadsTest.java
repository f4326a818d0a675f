package org.sealkeeper.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.testing.SoftwareLog;

/** What the leaves of a log say of handovers. */
class MirroredHeadsTest {
    private static final ChainName CHAIN = new ChainName("lab-a");

    @Test
    void aChainThatWasClosedIsHandedOver() {
        assertThat(heads(leaf("close-chain", 1, 4)).handedOver()).containsExactly(Map.entry(CHAIN, 1L));
    }

    @Test
    void oneThatCameBackIsNotAndHasItsHead() {
        MirroredHeads heads = heads(leaf("close-chain", 1, 4), leaf("open-chain", 2, 9));
        assertThat(heads.handedOver()).isEmpty();
        assertThat(heads.heads().get(CHAIN).height().value()).isEqualTo(9);
    }

    @Test
    void oneThatWasHandedOverAgainIs() {
        assertThat(heads(leaf("close-chain", 1, 4), leaf("open-chain", 2, 9), leaf("close-chain", 3, 12))
                        .handedOver())
                .containsExactly(Map.entry(CHAIN, 3L));
    }

    private static MirroredHeads heads(String... leaves) {
        Map<String, byte[]> files = new HashMap<>();
        Checkpoint checkpoint = SoftwareLog.build(
                Stream.of(leaves).map(leaf -> leaf.getBytes(UTF_8)).toList(), files::put);
        return MirroredHeads.of(new FilesInMemory(files), checkpoint);
    }

    private static String leaf(String operation, int handover, int height) {
        return """
                {"authentication":"local-command","blockHash":"%s","chain":"lab-a","decision":"allowed","handover":%d,"height":%d,\
                "log":"lab-b.example/sealkeeper","operation":"%s","outcome":"done","rule":"local-command","sequence":"contiguous",\
                "time":"2026-01-05T09:00:00.000Z","v":1}""".formatted("a".repeat(64), handover, height, operation);
    }
}
