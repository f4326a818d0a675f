package org.sealkeeper.cli.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.cli.CommandHere;
import org.sealkeeper.evidence.Evidence;
import org.sealkeeper.testing.Command;

/** Bundles that were made once, whose keys are destroyed: their form never changes, and they stay valid. */
class EvidenceGoldenTest {
    private static final Path FOLDER =
            Path.of("src/test/resources/golden/evidence").toAbsolutePath();

    @ParameterizedTest
    @CsvSource({"block, 10", "leaf, 5", "key, 5"})
    void aBundleOfBeforeIsReadAndWrittenAsItWasAndIsValid(String about, int claims) throws IOException {
        byte[] bytes = Files.readAllBytes(FOLDER.resolve(about + ".json"));
        assertThat(Evidence.parse(bytes).bytes()).isEqualTo(bytes);
        Command judged = CommandHere.run(
                FOLDER,
                "evidence",
                "verify",
                "@/" + about + ".json",
                "--vkeys",
                "@/audit.vkeys",
                "--keys",
                "@/jwks.json");
        assertThat(judged.succeeded().out().lines())
                .hasSize(claims + 2)
                .last()
                .isEqualTo("VALID: evidence about a " + about);
    }
}
