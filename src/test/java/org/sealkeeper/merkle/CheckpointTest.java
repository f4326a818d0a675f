package org.sealkeeper.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of C2SP tlog-checkpoint. */
class CheckpointTest {
    private static final String ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 70_000, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L, Long.MAX_VALUE})
    void aCheckpointIsReadBackAtEverySize(long size) {
        var checkpoint = new Checkpoint(new Origin("lab-a.example/audit"), size, TreeHash.EMPTY_ROOT);
        assertThat(checkpoint.text()).isEqualTo("lab-a.example/audit\n" + size + "\n" + ROOT + "\n");
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
    }

    @Test
    void extensionLinesAreKept() {
        String text = "lab-a.example/audit\n7\n" + ROOT + "\nmore than\nwe know\n";
        Checkpoint checkpoint = Checkpoint.parse(text);
        assertThat(checkpoint.extensions()).containsExactly("more than", "we know");
        assertThat(checkpoint.text()).isEqualTo(text);
        for (String line : new String[] {"", "a\nb", "\n"}) {
            assertThatThrownBy(
                            () -> new Checkpoint(checkpoint.origin(), 7, TreeHash.EMPTY_ROOT, List.of("first", line)))
                    .hasMessageContaining("extension lines");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n\n",
                "lab-a\n",
                "lab-a\n7\n",
                "lab-a\n7\n" + ROOT,
                "lab-a\n7\n\n",
                "\n7\n" + ROOT + "\n",
                "lab-a\n\n" + ROOT + "\n",
                "lab-a\n07\n" + ROOT + "\n",
                "lab-a\n00\n" + ROOT + "\n",
                "lab-a\n-7\n" + ROOT + "\n",
                "lab-a\n-0\n" + ROOT + "\n",
                "lab-a\n+7\n" + ROOT + "\n",
                "lab-a\n7.0\n" + ROOT + "\n",
                "lab-a\n0x7\n" + ROOT + "\n",
                "lab-a\n 7\n" + ROOT + "\n",
                "lab-a\n7 \n" + ROOT + "\n",
                "lab-a\n7\r\n" + ROOT + "\n",
                "lab-a\n٧\n" + ROOT + "\n",
                "lab-a\n9223372036854775808\n" + ROOT + "\n",
                "lab-a\n99999999999999999999\n" + ROOT + "\n",
                "lab-a\t\n7\n" + ROOT + "\n",
                "lab-a\n7\n" + ROOT + " \n",
                "lab-a\n7\nAAAA\n",
                "lab-a\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==\n",
                "lab-a\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
                "lab-a\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n",
                "lab-a\n7\n" + ROOT + "\n\n",
                "lab-a\n7\n" + ROOT + "\nmore\n\n",
                "lab-a\n7\n" + ROOT + "\nmore"
            })
    void everyOtherTextIsRefused(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    /** Only a recommendation speaks against them (C2SP tlog-checkpoint), unlike against such names of keys. */
    @ParameterizedTest
    @ValueSource(strings = {"lab a", "lab+a", " lab-a", "Labor M\u00fcller, 2026"})
    void anOriginMayHaveSpacesAndPlusSigns(String origin) {
        String text = origin + "\n7\n" + ROOT + "\n";
        assertThat(Checkpoint.parse(text).origin()).hasToString(origin);
        assertThat(Checkpoint.parse(text).text()).isEqualTo(text);
        assertThatThrownBy(() -> new KeyName(origin)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSizeIsNotNegative() {
        assertThatThrownBy(() -> new Checkpoint(new Origin("lab-a"), -1, TreeHash.EMPTY_ROOT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found -1");
    }
}
