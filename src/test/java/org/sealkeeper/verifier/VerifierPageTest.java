package org.sealkeeper.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/verify.html, which is kept beside what it is made of so that people can take it from there. */
class VerifierPageTest {
    private static final Pattern DECLARED =
            Pattern.compile("(?m)^(?:export )?(?:async )?(?:function\\*?|const|let|class) +(\\w+)");

    @Test
    void theFileInTheDocumentationIsMadeOfTheModulesOfThisBuild() throws IOException {
        String made = VerifierPage.make();
        if (!Files.exists(VerifierPage.FILE)
                || !Files.readString(VerifierPage.FILE).equals(made)) {
            Files.writeString(VerifierPage.FILE, made);
            throw new AssertionError(
                    VerifierPage.FILE + " was not made of these modules; it is now: open it in a browser, commit it,"
                            + " and build again");
        }
    }

    @Test
    void everyModuleIsPartOfIt() {
        assertThat(VerifierPage.modules()).isEqualTo(VerifierPage.found());
    }

    /** In one file, they are in one scope. */
    @Test
    void noNameIsDeclaredByTwoModules() {
        assertThat(VerifierPage.modules().stream()
                        .flatMap(module ->
                                DECLARED.matcher(VerifierPage.read(module)).results())
                        .map(declared -> declared.group(1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void theFileFetchesNothing() {
        assertThat(VerifierPage.make())
                .doesNotContainPattern("(src|href)=\"(?!#)")
                .doesNotContainPattern(
                        "@import|\\burl\\(|fetch\\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|innerHTML|import\\(")
                .contains("default-src 'none'")
                .doesNotContain("unsafe-inline", "unsafe-eval");
    }

    /** So that the console can have the same verdicts. */
    @Test
    void whatJudgesTouchesNoPage() {
        VerifierPage.modules().stream()
                .filter(module -> !module.equals("page.js") && !module.equals("view.js"))
                .forEach(module -> assertThat(VerifierPage.read(module))
                        .as(module)
                        .doesNotContainPattern("\\b(document|window)\\b[.\\[]"));
    }
}
