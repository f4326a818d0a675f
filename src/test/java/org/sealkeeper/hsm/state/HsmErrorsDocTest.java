package org.sealkeeper.hsm.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/operations/hsm-errors.md to the code, and the code to the page. */
class HsmErrorsDocTest {
    private static final Path PAGE = Path.of("docs/operations/hsm-errors.md");
    private static final Pattern ROW =
            Pattern.compile("\\| `([A-Z_]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern RETURN_VALUE = Pattern.compile("`(CKR_[A-Z0-9_]+)`");

    private record Row(Meaning meaning, Set<String> returnValues, String session, String request, String token) {
        static Row of(MatchResult cells) {
            return new Row(
                    Meaning.valueOf(cells.group(1)),
                    RETURN_VALUE
                            .matcher(cells.group(3))
                            .results()
                            .map(value -> value.group(1))
                            .collect(Collectors.toCollection(TreeSet::new)),
                    cells.group(4),
                    cells.group(5),
                    cells.group(6));
        }

        static Row of(Meaning meaning) {
            return new Row(
                    meaning,
                    namesOf(meaning),
                    words(meaning.session()),
                    words(meaning.repeat()),
                    words(meaning.effect()));
        }
    }

    @Test
    void thePageHasARowForEachMeaningAndSaysWhatItSays() throws IOException {
        List<Row> rows =
                ROW.matcher(Files.readString(PAGE)).results().map(Row::of).toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        Stream.of(Meaning.values()).map(Row::of).toList());
    }

    @Test
    void thePageExplainsEveryStateAndEveryWordOfItsTable() throws IOException {
        Stream<String> words = Stream.concat(
                Stream.of(Meaning.Session.values()).map(HsmErrorsDocTest::words),
                Stream.of(Meaning.Repeat.values()).map(HsmErrorsDocTest::words));
        Stream<String> states = Stream.of(TokenState.values()).map(state -> "`" + state.text() + "`");

        assertThat(Files.readString(PAGE))
                .contains(Stream.concat(words, states)
                        .map(word -> "\n| " + word + " | ")
                        .toList());
    }

    private static Set<String> namesOf(Meaning meaning) {
        return meaning == Meaning.UNKNOWN
                ? Set.of("CKR_VENDOR_DEFINED")
                : StandardReturnValues.all().stream()
                        .filter(value -> ReturnValues.of(value) == meaning)
                        .map(ReturnValues::name)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String words(Meaning.Session session) {
        return switch (session) {
            case KEEP -> "kept";
            case CLOSE -> "closed";
            case FORGET -> "forgotten";
        };
    }

    private static String words(Meaning.Repeat repeat) {
        return switch (repeat) {
            case NEVER -> "not repeated";
            case ONCE -> "once, at once";
            case TWICE_AFTER_PAUSES -> "twice, after pauses";
            case AFTER_RECOVERY -> "once, after recovery";
        };
    }

    private static String words(Meaning.Effect effect) {
        return switch (effect) {
            case NONE -> "as before";
            case SUSPECT_WHEN_REPEATED -> state(TokenState.SUSPECT) + " at the second";
            case SUSPECT -> state(TokenState.SUSPECT);
            case RECOVER -> state(TokenState.RECOVERING);
            case DOWN -> state(TokenState.DOWN);
            case AUTH_FAILED -> state(TokenState.AUTH_FAILED);
            case LOCKED_OUT -> state(TokenState.LOCKED_OUT);
        };
    }

    private static String state(TokenState state) {
        return "`" + state.text() + "`";
    }
}
