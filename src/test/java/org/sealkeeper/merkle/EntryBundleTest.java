package org.sealkeeper.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundles of C2SP tlog-tiles, there and back. */
class EntryBundleTest {
    @Test
    void eachEntryHasItsLengthBeforeIt() {
        byte[] bundle = EntryBundle.encode(List.of(new byte[0], new byte[] {7}, new byte[258]));
        assertThat(HexFormat.of().formatHex(bundle)).isEqualTo("0000" + "000107" + "0102" + "00".repeat(258));
        assertThat(EntryBundle.decode(bundle)).containsExactly(new byte[0], new byte[] {7}, new byte[258]);
    }

    @Test
    void anEmptyBundleHasNoEntries() {
        assertThat(EntryBundle.encode(List.of())).isEmpty();
        assertThat(EntryBundle.decode(new byte[0])).isEmpty();
    }

    @Test
    void theLongestEntryHas65535Bytes() {
        byte[] longest = new byte[65_535];
        Arrays.fill(longest, (byte) 0xff);
        assertThat(EntryBundle.decode(EntryBundle.encode(List.of(longest, longest))))
                .containsExactly(longest, longest);
        assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 65536");
    }

    @Test
    void aBundleHasAtMost256Entries() {
        byte[] full = EntryBundle.encode(Collections.nCopies(256, new byte[] {1}));
        assertThat(EntryBundle.decode(full)).hasSize(256);
        assertThatThrownBy(() -> EntryBundle.encode(Collections.nCopies(257, new byte[] {1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 257");
        byte[] more = Arrays.copyOf(full, full.length + 2);
        assertThatThrownBy(() -> EntryBundle.decode(more))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "ff", "0001", "000200", "ffff00", "00010700", "000000", "0001070003aabb"})
    void aBundleThatEndsInAnEntryIsRefused(String hex) {
        assertThatThrownBy(() -> EntryBundle.decode(HexFormat.of().parseHex(hex)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }
}
