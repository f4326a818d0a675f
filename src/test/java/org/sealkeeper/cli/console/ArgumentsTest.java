package org.sealkeeper.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sealkeeper.cli.Sealkeeper;

class ArgumentsTest {
    private static final String ASCII = "ANSI_X3.4-1968";

    @Test
    void wordsInUtf8AreTakenAsTheyAre() {
        assertThat(Arguments.complaint(List.of("--context", "ort=Zürich"), "UTF-8"))
                .isEmpty();
        assertThat(Arguments.complaint(List.of("--context", "ort=Zuerich"), ASCII))
                .isEmpty();
    }

    @Test
    void wordsInWhichCharactersWereLostOrChangedAreRefused() {
        assertThat(Arguments.complaint(List.of("--context", "ort=Z\ufffd\ufffdrich"), ASCII))
                .hasValueSatisfying(why -> assertThat(why).contains("word 2", ASCII, "LC_ALL=C.UTF-8"));
        assertThat(Arguments.complaint(List.of("ort=ZÃ¼rich"), "ISO-8859-1")).isPresent();
        assertThat(Arguments.complaint(List.of("ort=Z\ufffdrich"), "UTF-8")).isPresent();
    }

    @Test
    void nothingIsDoneForThem() {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        assertThat(Sealkeeper.run(out, err, "policy", "explain", "--caller", "CN=Z\ufffd\ufffdrich"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("sealkeeper: expected words in UTF-8");
    }
}
