package org.sealkeeper.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.rollback.MemoryRecord.State;
import org.sealkeeper.store.StopReason;

class MemoryTextTest {
    private static final MemoryRecord RECORD = record();

    /** The form documented in docs/formats/token-memory.md; tokens in the field hold it. */
    @Test
    void aRecordHasTheDocumentedForm() {
        assertThat(MemoryText.of(RECORD)).isEqualTo("""
                        sealkeeper-memory/1
                        store 0123456789abcdef0123456789abcdef
                        place cGxhY2U=
                        sequence 42
                        lease 15000
                        state RELEASED
                        stopped store-gone
                        log lab-a.example/sealkeeper
                        size 7
                        root 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
                        chain lab-a 5 %s
                        chain lab-b 0 %s
                        sum QHDWHi5xwc79ejF1HMsSnAvq/ChpZya3H/r239DUCjE=
                        """.formatted("ab".repeat(32), "cd".repeat(48)));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(MemoryText.parse("owner", MemoryText.of(RECORD))).contains(RECORD);
    }

    @Test
    void aRecordOfSeveralTokensNamesThem() {
        MemoryRecord several = RECORD.in(List.of(new TokenLabel("hall 1"), new TokenLabel("hall 2")));
        String text = MemoryText.of(several);
        assertThat(text)
                .startsWith("sealkeeper-memory/2\n")
                .contains("\nstopped store-gone\ntokens hall 1, hall 2\nlog ");
        assertThat(MemoryText.parse("owner", text)).contains(several);
    }

    @Test
    void aRecordThatIsCutAnywhereIsNone() {
        String text = MemoryText.of(RECORD);
        for (int length = 0; length < text.length(); length++) {
            assertThat(MemoryText.parse("owner", text.substring(0, length)))
                    .as("the first %s characters", length)
                    .isEmpty();
        }
    }

    @Test
    void aRecordWithAnotherCharacterIsNone() {
        String text = MemoryText.of(RECORD);
        for (int at = 0; at < text.length(); at++) {
            char other = text.charAt(at) == '1' ? '2' : '1';
            String changed = text.substring(0, at) + other + text.substring(at + 1);
            assertThat(MemoryText.parse("owner", changed))
                    .as("character %s", at)
                    .isEmpty();
        }
    }

    private static MemoryRecord record() {
        var heads = new TreeMap<ChainName, RememberedHead>();
        heads.put(new ChainName("lab-b"), new RememberedHead(new Height(0), new BlockHash("cd".repeat(48))));
        heads.put(new ChainName("lab-a"), new RememberedHead(new Height(5), new BlockHash("ab".repeat(32))));
        return new MemoryRecord(
                "owner",
                "0123456789abcdef0123456789abcdef",
                "cGxhY2U=",
                42,
                Duration.ofSeconds(15),
                State.RELEASED,
                List.of(),
                Optional.of(StopReason.STORE_GONE),
                new Remembered(new Checkpoint(new Origin("lab-a.example/sealkeeper"), 7, TreeHash.EMPTY_ROOT), heads));
    }
}
