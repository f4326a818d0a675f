package org.sealkeeper.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/hipaa.md says is shown by tests that there are. */
class HipaaPageTest {
    private static final Pattern METHOD = Pattern.compile("\n    void (\\w+)\\(");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)`");
    private static final int STANDARDS = 11;

    @Test
    void everyTestThatIsNamedExistsAndEveryRowNamesOne() throws IOException {
        Set<String> tests = tests();
        List<String> rows = Files.readAllLines(Path.of("docs/hipaa.md")).stream()
                .filter(line -> line.startsWith("| (") || line.startsWith("| 164."))
                .toList();
        assertThat(rows).hasSizeGreaterThan(STANDARDS);
        for (String row : rows) {
            String[] cells = row.split(Pattern.quote(" | "), -1);
            List<String> named = NAMED.matcher(cells[cells.length - 1])
                    .results()
                    .map(name -> name.group(1))
                    .toList();
            assertThat(named).as(row).isNotEmpty();
            assertThat(tests).as(row).containsAll(named);
        }
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> METHOD.matcher(text(file)).results())
                    .map((MatchResult method) -> method.group(1))
                    .collect(Collectors.toSet());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
