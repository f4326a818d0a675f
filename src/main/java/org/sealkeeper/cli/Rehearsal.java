package org.sealkeeper.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import org.sealkeeper.cli.console.ExitCode;

/**
 * Runs commands one after the other in one JVM, to train its cache of the classes that commands load (deployment/lib/train). Each is a line of
 * standard input, its words separated by tabs.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** Ends with the exit code of the first command that does not end with 0. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        int exitCode = ExitCode.OK;
        try (var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            String line = lines.readLine();
            while (line != null && exitCode == ExitCode.OK) {
                exitCode = Sealkeeper.run(System.out, System.err, line.split("\t"));
                line = lines.readLine();
            }
        }
        System.exit(exitCode);
    }
}
