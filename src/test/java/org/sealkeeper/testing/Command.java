package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A finished process.
 *
 * @param out its standard output
 * @param err its standard error
 */
public record Command(int exitCode, String out, String err) {
    private static final int TIMEOUT_SECONDS = 300;

    /** What the JVM must be told at the least. */
    static final List<String> NEEDED =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    /** Runs the packaged command line, as its users do. */
    public static Command sealkeeper(Path home, String... arguments) {
        List<String> line = sealkeeper();
        line.addAll(List.of(arguments));
        return run(home, line);
    }

    /** Starts the packaged command line with SoftHSM as this JVM has it. */
    public static Process start(Path folder, String... arguments) {
        try {
            return besideThisJvm(folder, arguments).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #start}, to its end. */
    public static Command run(Path folder, String... arguments) {
        return run(besideThisJvm(folder, arguments));
    }

    private static ProcessBuilder besideThisJvm(Path folder, String... arguments) {
        List<String> line = sealkeeper();
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line).directory(folder.toFile());
    }

    private static List<String> sealkeeper() {
        List<String> line = new ArrayList<>(java(FastStart.ofCommand()));
        line.add("org.sealkeeper.cli.Sealkeeper");
        return line;
    }

    /** Runs a shell script in which {@code sealkeeper} is the packaged command line. */
    public static Command shell(Path home, String script) {
        String command = "'" + String.join("' '", sealkeeper()) + "'";
        return run(home, List.of("sh", "-c", "sealkeeper() { " + command + " \"$@\"; }\n" + script));
    }

    /** Runs any command in the given folder, with the home's SoftHSM configuration. */
    public static Command run(Path home, List<String> line) {
        return run(builder(home, line));
    }

    private static Command run(ProcessBuilder builder) {
        try {
            Path out = Files.createTempFile("out", ".txt");
            Path err = Files.createTempFile("err", ".txt");
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + TIMEOUT_SECONDS + " s: " + builder.command());
            }
            var done = new Command(process.exitValue(), read(out), read(err));
            Files.delete(out);
            Files.delete(err);
            return done;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static ProcessBuilder builder(Path home, List<String> line) {
        var builder = new ProcessBuilder(line).directory(home.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("SOFTHSM2_CONF", home.resolve("softhsm2.conf").toString());
        environment.put("SEALKEEPER_CONFIG", home.resolve("appliance.yaml").toString());
        environment.put("LC_ALL", "C.UTF-8");
        return builder;
    }

    static List<String> java(List<String> options) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        return line;
    }

    static Path app() {
        return Path.of(System.getProperty("sealkeeper.app")).toAbsolutePath();
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** Fails the test with everything the command said, unless it ended with 0. */
    public Command succeeded() {
        if (exitCode != 0) {
            throw new AssertionError("expected exit code 0, found " + exitCode + "\n" + out + err);
        }
        return this;
    }
}
