package org.sealkeeper.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.sealkeeper.testing.Command;

/** A command run in this JVM, for tests whose concern is what it says or does, where others run it as a process. */
public final class CommandHere {
    private CommandHere() {}

    /** In a word, {@code @/} at its beginning or after a comma or an equals sign stands for the folder. */
    public static Command run(Path folder, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exitCode = Sealkeeper.run(
                out,
                err,
                Stream.of(words)
                        .map(word -> word.replaceAll("(^|[,=])@/", "$1" + Matcher.quoteReplacement(folder + "/")))
                        .toArray(String[]::new));
        return new Command(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }
}
