package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.config.ConfigurationFault;

class RefusedPinsTest {
    private static final int MOST = 8;

    @TempDir
    Path folder;

    private Path file;
    private RefusedPins refused;

    @BeforeEach
    void choose() {
        file = folder.resolve("refused-pins");
        refused = new RefusedPins(file);
    }

    private void add(String pin) {
        refused.add(pin.toCharArray());
    }

    private boolean contains(String pin) {
        return new RefusedPins(file).contains(pin.toCharArray());
    }

    @Test
    void noneIsRefusedWhereThereIsNoFile() {
        assertThat(contains("0123456789")).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void theNextProcessKnowsWhatWasRefusedAndNothingElse() {
        add("0123456789");
        add("another-pin");
        assertThat(contains("0123456789")).isTrue();
        assertThat(contains("another-pin")).isTrue();
        assertThat(contains("012345678")).isFalse();
        assertThat(contains("0123456789 ")).isFalse();
        assertThat(contains("")).isFalse();
    }

    @Test
    void onlyItsOwnerReadsItAndNoPinIsInIt() throws IOException {
        add("0123456789");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).matches("[0-9a-f]{96}\n").doesNotContain("0123456789");
    }

    @Test
    void onePinLooksDifferentEachTime() throws IOException {
        add("0123456789");
        add("0123456789");
        assertThat(Files.readAllLines(file)).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void theLatestAreKept() throws IOException {
        for (int i = 0; i <= MOST; i++) {
            add("wrong-" + i);
        }
        assertThat(Files.readAllLines(file)).hasSize(MOST);
        assertThat(contains("wrong-0")).isFalse();
        assertThat(contains("wrong-1")).isTrue();
        assertThat(contains("wrong-" + MOST)).isTrue();
    }

    @Test
    void afterALoginAllAreForgotten() {
        add("0123456789");
        refused.clear();
        assertThat(file).doesNotExist();
        assertThat(contains("0123456789")).isFalse();
        refused.clear();
    }

    /** To take it for an empty one would try a PIN again that was refused. */
    @ParameterizedTest
    @ValueSource(strings = {"pin: 0123456789\n", "0123\n", "\n", "ABCDEF", "é"})
    void aFileOfOthersIsRefusedAndStays(String foreign) throws IOException {
        Files.writeString(file, foreign);
        assertThatThrownBy(() -> contains("0123456789"))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageStartingWith(file + ": expected ");
        assertThatThrownBy(() -> add("0123456789")).isInstanceOf(ConfigurationFault.class);
        assertThat(file).content().isEqualTo(foreign);
    }

    @Test
    void aLineThatWasCutIsNoLineOfOurs() throws IOException {
        add("0123456789");
        add("another-pin");
        Files.writeString(file, Files.readString(file, US_ASCII).substring(0, 150));
        assertThatThrownBy(() -> contains("0123456789"))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageEndingWith("no login was tried; delete the file if the PIN is right");
    }
}
