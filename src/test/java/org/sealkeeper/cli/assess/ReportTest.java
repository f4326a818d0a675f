package org.sealkeeper.cli.assess;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sealkeeper.assessment.Finding;
import org.sealkeeper.assessment.Outcome;
import org.sealkeeper.assessment.Report;
import org.sealkeeper.assessment.Safeguard;
import org.sealkeeper.assessment.Severity;
import org.sealkeeper.verify.Digests;

/** One report in each of its forms. */
class ReportTest {
    private static final String HOSTILE = "<script>alert('x')</script>\u001b[2J";

    private static final Report REPORT = new Report(
            Instant.parse("2027-06-01T08:00:00Z"),
            "sealkeeper 0.1.0",
            List.of(
                    finding("clock-synchronised", "clock", Safeguard.AUDIT_CONTROLS, new Outcome.Right("it follows")),
                    finding(
                            "file-mode",
                            "pins/user.pin",
                            Safeguard.ACCESS_CONTROL,
                            weak(Severity.HIGH, "a mode for its owner alone", "rw-r--r--", "chmod go= pins/user.pin")),
                    finding(
                            "officers-none",
                            "officers",
                            Safeguard.INFORMATION_ACCESS,
                            weak(Severity.MEDIUM, "several people", "one operator", "sealkeeper officers set")),
                    finding("alerts-none", HOSTILE, Safeguard.INCIDENTS, weak(Severity.LOW, "a", "b", "c & d")),
                    finding(
                            "grant-unused",
                            "the policy",
                            Safeguard.INFORMATION_ACCESS,
                            new Outcome.Unchecked("locked")),
                    finding(
                            "store-backup",
                            "backups of the store",
                            Safeguard.BACKUP,
                            new Outcome.OutOfSight("copies lie elsewhere", "look there"))),
            List.of("info.picocli:picocli 4.7.7"));

    private static Finding finding(String id, String about, Safeguard touches, Outcome outcome) {
        return new Finding(id, about, touches, outcome);
    }

    private static Outcome weak(Severity severity, String expected, String found, String remedy) {
        return new Outcome.Weak(severity, expected, found, remedy);
    }

    @Test
    void theTextIsAsItWas() throws Exception {
        assertThat(String.join("\n", new ReportText(false).lines(REPORT)) + "\n")
                .isEqualTo(golden("assessment.txt"));
    }

    @Test
    void onATerminalWhatIsGraveHasAColourAndNoNameMovesTheCursor() {
        List<String> lines = new ReportText(true).lines(REPORT);
        assertThat(lines).anyMatch(line -> line.startsWith("\u001b[31mHIGH") && line.contains("\u001b[0m  file-mode"));
        assertThat(lines).noneMatch(line -> line.contains("\u001b[2J"));
    }

    @Test
    void theJsonHasTheShapeThatIsDocumentedAndItsDigestIsThatOfTheFile() throws Exception {
        String line = ReportJson.line(REPORT);
        assertThat(line).isEqualTo(golden("assessment.json"));
        assertThat(ReportJson.digest(REPORT)).isEqualTo(Digests.sha256(line.getBytes(UTF_8)));
    }

    @Test
    void aHostileNameIsTextOfThePage() {
        String page = ReportHtml.of(REPORT);
        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\ufffd[2J", "c &amp; d")
                .contains("<article class=\"high\"><h2><b>high</b> file-mode: pins/user.pin</h2>")
                .contains("<li>info.picocli:picocli 4.7.7</li>", ReportJson.digest(REPORT))
                .doesNotContain("<script", "http://", "https://", "src=", "\u001b");
    }

    @Test
    void theBillOfMaterialsHasTheLibrariesOfThisProgramWithTheirCoordinatesAndDigests() throws Exception {
        List<Library> libraries = Libraries.ofThisProgram();
        Library picocli = libraries.stream()
                .filter(library -> library.name().equals("picocli"))
                .findFirst()
                .orElseThrow();
        assertThat(new String(BillOfMaterials.of("sealkeeper 0.1.0", List.of(picocli)), UTF_8))
                .contains(
                        "\"bomFormat\":\"CycloneDX\"",
                        "\"version\":\"" + picocli.version() + "\"",
                        Digests.sha256(Files.readAllBytes(picocli.jar())));
        assertThat(libraries)
                .extracting(Library::text)
                .anyMatch(text -> text.startsWith("com.fasterxml.jackson.core:jackson-core 2."));
    }

    private static String golden(String name) throws Exception {
        return Files.readString(Path.of("src/test/resources/golden", name));
    }
}
