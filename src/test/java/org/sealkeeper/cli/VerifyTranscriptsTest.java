package org.sealkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands and every word they answer, as users see them. A transcript holds command lines ({@code $ sealkeeper …}), each
 * with its standard output, standard error and exit code; {@code @/} is the folder of the files beside the transcripts.
 */
class VerifyTranscriptsTest {
    private static final String PROMPT = "$ sealkeeper ";

    @ParameterizedTest
    @MethodSource
    void everyTranscriptIsReplayedToTheLetter(Path transcript) throws Exception {
        String expected = Files.readString(transcript);
        var replayed = new StringBuilder();
        for (String line : expected.lines().toList()) {
            if (line.startsWith(PROMPT)) {
                replayed.append(line).append('\n').append(run(line.substring(PROMPT.length()), transcript.getParent()));
            }
        }
        assertThat(replayed).hasToString(expected);
    }

    static Stream<Path> everyTranscriptIsReplayedToTheLetter() throws Exception {
        List<Path> transcripts = new ArrayList<>();
        for (String folder : List.of("/cli/policy", "/cli/verify")) {
            try (Stream<Path> files = Files.list(folder(folder))) {
                files.filter(file -> file.toString().endsWith(".transcript"))
                        .sorted()
                        .forEach(transcripts::add);
            }
        }
        return transcripts.stream();
    }

    private static String run(String arguments, Path folder) {
        var out = new StringWriter();
        String here = folder + "/";
        int exit = Sealkeeper.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(Arrays.stream(arguments.split(" "))
                        .map(argument -> argument.equals("''") ? "" : argument.replace("@/", here))
                        .toArray(String[]::new));
        return out.toString().replace(here, "@/") + "[exit " + exit + "]\n";
    }

    private static Path folder(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(VerifyTranscriptsTest.class.getResource(name))
                .toURI());
    }
}
