package org.sealkeeper.cli.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.evidence.Claim;
import org.sealkeeper.evidence.Claim.Verdict;
import org.sealkeeper.evidence.Evidence;
import org.sealkeeper.evidence.EvidenceJudge;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.EvidenceCases;
import org.sealkeeper.testing.EvidenceCases.Case;

/** What the judge of the command makes of the same bundles that a browser judges (VerifierPageIT). */
class EvidenceCasesTest {
    @TempDir
    private Path folder;

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
        assertThat(isValid(good)).as("%s", JudgedCase.claims(good)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("forged")
    void aForgedBundleIsRefusedForItsReason(Case forged) {
        List<Claim> claims = JudgedCase.claims(forged);
        assertThat(claims).anySatisfy(claim -> {
            assertThat(claim.name()).isEqualTo(forged.refuted().orElseThrow());
            assertThat(claim.verdict()).isEqualTo(Verdict.FALSE);
            assertThat(claim.why()).contains(forged.why());
        });
        assertThat(isValid(forged)).isFalse();
    }

    private static boolean isValid(Case judged) {
        return EvidenceJudge.holds(Evidence.parse(judged.bundle().getBytes(UTF_8)), JudgedCase.claims(judged));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatIsNoBundleIsNotJudged(Case unreadable) {
        assertThatThrownBy(() -> JudgedCase.claims(unreadable))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected ");
    }

    @Test
    void theCommandTellsThemApartByItsExitCode() {
        assertThat(judged(EvidenceCases.good()).succeeded().out()).contains("\nVALID: evidence about a block");
        Command forged = judged(EvidenceCases.forged());
        assertThat(forged.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(forged.out()).contains("\nfalse    block-signed: ", "\nINVALID: evidence about a block");
        Command unreadable = judged(EvidenceCases.unreadable());
        assertThat(unreadable.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unreadable.err()).contains("not a bundle of evidence: expected ");
    }

    private Command judged(Stream<Case> cases) {
        return JudgedCase.of(folder, cases.findFirst().orElseThrow());
    }
}
