package org.sealkeeper.cli.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.EvidenceCases;
import org.sealkeeper.testing.EvidenceCases.Case;

/** What the command makes of the same bundles that a browser judges (VerifierPageIT). */
class EvidenceCasesTest {
    @TempDir
    private static Path folder;

    private static Stream<Case> good() {
        return Stream.concat(EvidenceCases.good(), EvidenceCases.beyondBrowsers());
    }

    private static Stream<Case> forged() {
        return Stream.concat(EvidenceCases.forged(), Stream.of(EvidenceCases.decidedOtherwise()));
    }

    private static Stream<Case> unreadable() {
        return EvidenceCases.unreadable();
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodBundleIsValid(Case good) {
        assertThat(judged(good).succeeded().out()).doesNotContain("\nfalse ").contains("\nVALID: evidence about a ");
    }

    @ParameterizedTest
    @MethodSource("forged")
    void aForgedBundleIsRefusedForItsReason(Case forged) {
        Command judged = judged(forged);
        assertThat(judged.exitCode()).as(judged.out()).isEqualTo(ExitCode.INVALID);
        assertThat(judged.out().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("false    " + forged.refuted().orElseThrow() + ": ")
                        .contains(forged.why()));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatIsNoBundleIsNotJudged(Case unreadable) {
        Command judged = judged(unreadable);
        assertThat(judged.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(judged.err()).contains(unreadable.why());
    }

    private static Command judged(Case judged) {
        return JudgedCase.of(folder, judged);
    }
}
