package org.sealkeeper.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.sealkeeper.testing.Command;

/** A command run in this JVM, for tests whose concern is what it says, where others run it as a process. It must need no token. */
public final class CommandHere {
    private CommandHere() {}

    /** Words that begin with {@code @/} name files of the folder. */
    public static Command run(Path folder, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exitCode = Sealkeeper.run(
                out,
                err,
                Stream.of(words)
                        .map(word -> word.startsWith("@/") ? folder + word.substring(1) : word)
                        .toArray(String[]::new));
        return new Command(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }
}
