package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Launchers;

/** The caches of classes that the JVM starts fast from: used, never stale, not needed, and without a secret. */
class ClassCachesIT {
    private static final String OPTIONS = "printf '%s\\n' \"${JVM_OPTIONS[@]}\"";

    @TempDir
    private Path folder;

    private Path log;

    @BeforeEach
    void train() {
        Launchers.requireCaches();
        log = folder.resolve("classes.log");
    }

    @ParameterizedTest
    @CsvSource({
        "serve, --config, org.sealkeeper.appliance.Appliance",
        "sealkeeper, --version, org.sealkeeper.cli.Sealkeeper"
    })
    void theLaunchersStartFromThem(String script, String argument, String mainClass) throws IOException {
        List<String> line = new ArrayList<>(
                tellingClasses(Path.of("deployment", script).toAbsolutePath().toString()));
        line.addAll(argument.equals("--config") ? List.of(argument, "none.yaml") : List.of(argument));
        Command run = Command.run(folder, line);

        assertThat(run.exitCode()).as(run.err()).isIn(0, 2);
        assertThat(sourceOf(mainClass)).isEqualTo("shared objects file");
    }

    /** The variable that the JVM reads after its command line. */
    private List<String> tellingClasses(String command) {
        return List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "_JAVA_OPTIONS=-Xlog:class+load:file=" + log,
                command);
    }

    private String sourceOf(String name) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(loaded -> loaded.contains(" " + name + " source: "))
                    .map(loaded -> loaded.replaceFirst(".* source: ", "").strip())
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void ofAnotherBuildAnotherJdkOrOtherOptionsTheyAreLeftAloneAndMadeAnew() throws IOException {
        Path copy = copyOfTheRepository();
        assertThat(told(copy)).anyMatch(option -> option.startsWith("-XX:AOTCache="));
        for (String change : List.of(
                "touch target/quarkus-app/quarkus-run.jar",
                "sed -i s/JAVA_VERSION/OTHER_VERSION/ target/quarkus-app/jvm/trained-for",
                "echo -XX:+UseSerialGC >>deployment/lib/commands.options")) {
            Launchers.run(copy, change).succeeded();
            assertThat(told(copy)).as(change).noneMatch(option -> option.startsWith("-XX:AOTCache="));

            trainingDoes(copy, "echo trained >\"$1/appliance.aot\"; echo trained >\"$1/commands.aot\"");
            Launchers.run(copy, "umask 000; make_caches").succeeded();

            assertThat(told(copy)).as(change).anyMatch(option -> option.startsWith("-XX:AOTCache="));
            Path cache = copy.resolve("target/quarkus-app/jvm/appliance.aot");
            assertThat(cache).hasContent("trained");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                    .isEqualTo("rw-r--r--");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.getParent())))
                    .isEqualTo("rwxr-xr-x");
        }
    }

    @Test
    void whereTheTrainingFailsThereAreNoneAndItStartsWithout() throws IOException {
        Path copy = copyOfTheRepository();
        Launchers.run(copy, "touch target/quarkus-app/quarkus-run.jar").succeeded();
        trainingDoes(copy, "echo half >\"$1/commands.aot\"; echo no SoftHSM; exit 1");

        assertThat(Launchers.run(copy, "make_caches; echo \"$DETAIL\"")
                        .succeeded()
                        .out())
                .startsWith("none, starts will be slower");

        assertThat(copy.resolve("target/quarkus-app/jvm/training.log")).hasContent("no SoftHSM");
        assertThat(told(copy)).noneMatch(option -> option.startsWith("-XX:AOTCache="));
        assertThat(Launchers.run(copy, "make_caches; echo \"$DETAIL\"")
                        .succeeded()
                        .out())
                .startsWith("up to date");
        assertThat(version(copy, "deployment/sealkeeper --version")).startsWith("sealkeeper ");
    }

    /** As after an update of the JDK where the systemd unit names the cache. */
    @Test
    void aCacheThatTheJvmRefusesIsNoMatterAndNothingOfItIsOnStandardOutput() throws IOException {
        Path copy = copyOfTheRepository();
        for (String kind : List.of("appliance", "commands")) {
            String stale = "touch target/quarkus-app/quarkus-run.jar; \"$JAVA_HOME/bin/java\" @deployment/lib/" + kind
                    + ".options -XX:AOTCache=target/quarkus-app/jvm/commands.aot -cp target/quarkus-app/quarkus-run.jar"
                    + " org.sealkeeper.cli.Sealkeeper --version";
            assertThat(version(copy, stale)).as(kind).matches("sealkeeper .*\n");
        }
    }

    private static String version(Path repository, String command) {
        return Launchers.run(repository, command).succeeded().out();
    }

    /** Everything the launchers look at, with links to the jars. */
    private Path copyOfTheRepository() {
        Path copy = folder.resolve("copy");
        Command.run(
                        Path.of("").toAbsolutePath(),
                        List.of(
                                "sh",
                                "-euc",
                                "mkdir -p \"$1/target\" \"$1/src/main\"; touch -d 2000-01-01 \"$1/pom.xml\" \"$1/src/main\";"
                                        + " cp -a deployment hsm-config \"$1\"; cp -as \"$PWD/target/quarkus-app\" \"$1/target\";"
                                        + " cd \"$1/target/quarkus-app\"; rm -r jvm; cp -a \"$OLDPWD/target/quarkus-app/jvm\" .;"
                                        + " cp -aL quarkus-run.jar own; mv own quarkus-run.jar",
                                "copy",
                                copy.toString()))
                .succeeded();
        return copy;
    }

    private static List<String> told(Path repository) {
        return Launchers.run(repository, "tell_jvm appliance; " + OPTIONS)
                .succeeded()
                .out()
                .lines()
                .toList();
    }

    private static void trainingDoes(Path copy, String script) throws IOException {
        Files.writeString(copy.resolve("deployment/lib/train"), "#!/bin/sh\n" + script + "\n");
    }

    /** The training looks for its PINs and keys in what it leaves. */
    @Test
    void noSecretOfTheTrainingIsInThem() throws IOException {
        Path jvm = Path.of("target/quarkus-app/jvm");
        String secrets = "(?m)^nothing of pins/so\\.pin pins/user\\.pin pki/.*server\\.key is in ";
        assertThat(Files.readString(jvm.resolve("training.log")))
                .containsPattern(secrets + "appliance\\.aot$")
                .containsPattern(secrets + "commands\\.aot$");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE"})
    void aSecretInACacheWouldBeFound(Charset charset) throws IOException {
        Path pin = Files.writeString(folder.resolve("user.pin"), "j4xs+Bg/tDRb");
        Path cache = folder.resolve("cache");
        String found = "holds_a_line_of '" + cache + "' '" + pin + "' && echo found || echo none";
        Files.write(cache, "\0\0j4xs+Bg/tDR_\n".getBytes(charset));
        assertThat(Launchers.run(Path.of("").toAbsolutePath(), found).out()).isEqualTo("none\n");

        Files.write(cache, "\0x j4xs+Bg/tDRb\0\n".getBytes(charset));

        assertThat(Launchers.run(Path.of("").toAbsolutePath(), found).out()).isEqualTo("found\n");
    }
}
