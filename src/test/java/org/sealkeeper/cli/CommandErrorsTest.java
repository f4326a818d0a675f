package org.sealkeeper.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.testing.JavaProcess;
import org.sqlite.util.LibraryLoaderUtil;
import picocli.CommandLine;

/**
 * Every command, and everything that goes wrong around any command: files that cannot be read, that editors changed, that cannot be
 * written; standard output that is full; URLs of another scheme; words in another encoding. What is expected is what
 * {@code sealkeeper --help} documents.
 */
class CommandErrorsTest {
    private static final String SERVER = "--ca @/ca.pem --cert @/lab-a.pem --key @/lab-a.key";
    static final String RECIPIENT = "--recipient lab-a --recipient-key @/recipient.key --url APPLIANCE " + SERVER;
    private static final String CONFIG = " --config @/appliance.yaml";

    /** Each ends well, or is refused where no more can be had without a running appliance; then it prints nothing. */
    static final List<String> COMMANDS = List.of(
            "token init --if-missing --so-pin-file @/new-so.pin" + CONFIG,
            "token status" + CONFIG,
            "token inspect --so-pin-file @/so.pin" + CONFIG,
            "token forget --label lost" + CONFIG,
            "store init --config @/appliance-new.yaml",
            "store migrate --to postgresql://a@localhost/b?passwordFile=none&certificateAuthorities=none&state=none&appliance=a"
                    + CONFIG,
            "store join" + CONFIG,
            "store appliances" + CONFIG,
            "store retire --appliance b" + CONFIG,
            "plan -f @/keys.yaml" + CONFIG,
            "officers set -f @/officers.yaml --request @/" + CONFIG,
            "officers show" + CONFIG,
            "ceremony approve @/a.request --digest DIGEST --as alice --key @/alice.key --certificate @/alice.pem --out @/out",
            "ceremony execute @/a.request" + CONFIG,
            "apply @/a.request" + CONFIG,
            "ceremony list" + CONFIG,
            "ceremony transcript 0123 --log @/requests --out @/out" + CONFIG,
            "ceremony verify @/a.transcript --vkeys @/vkeys.txt",
            "ceremony report @/a.transcript",
            "catalogue export --out @/out" + CONFIG,
            "catalogue verify @/own.catalogue --vkeys @/own-vkeys.txt",
            "catalogue import @/own.catalogue --vkeys @/own-vkeys.txt" + CONFIG,
            "keys apply -f @/keys.yaml" + CONFIG,
            "keys list" + CONFIG,
            "keys export --format jwks" + CONFIG,
            "keys rotate --alias rotated" + CONFIG,
            "keys change-state --alias lab-a-blocks --version-number 1 --to suspended" + CONFIG,
            "keys csr --alias log" + CONFIG,
            "keys import-certificate --certificate @/issued.pem --authorities @/root.pem" + CONFIG,
            "keys destroy-version --alias destroyed --version-number 1 --yes" + CONFIG,
            "recipients enroll --name lab-a --certificate @/recipient.der --so-pin-file @/so.pin" + CONFIG,
            "recipients list" + CONFIG,
            "recipients retire --name lab-a" + CONFIG,
            "rewrap-window open --alias moved --from 1 --to 2 --so-pin-file @/so.pin" + CONFIG,
            "rewrap-window list" + CONFIG,
            "rewrap-window close --alias moved" + CONFIG,
            "signature verify --keys @/jwks.json --jws @/block.jws",
            "chain verify --keys @/jwks.json @/blocks.ndjson",
            "guard export --chain lab-z --to lab-c.example/log --out @/out" + CONFIG,
            "guard import @/lab-a.guard --trust @/guard-vkeys.txt" + CONFIG,
            "audit fetch --vkeys @/vkeys.txt --out @/mirror --url LOG",
            "audit verify --vkeys @/vkeys.txt @/log",
            "audit show --vkeys @/vkeys.txt @/log 1",
            "audit search @/log",
            "audit disclosures --record @/report.sealed --vkeys @/vkeys.txt @/log",
            "audit export --format fhir --vkeys @/vkeys.txt @/log",
            "audit emergencies" + CONFIG,
            "audit accept-rollback" + CONFIG,
            "evidence make --leaf 0 --out @/out" + CONFIG,
            "evidence verify @/leaf.evidence --vkeys @/own-vkeys.txt",
            "assess -f @/keys.yaml" + CONFIG,
            "policy check -f @/policy.yaml --chains @/chains.yaml",
            "policy explain -f @/policy.yaml --caller CN=Zürich --operation read-keys",
            "policy test -f @/policy.yaml @/cases.yaml",
            "policy diff @/policy.yaml @/new.yaml",
            "policy approve -f @/policy.yaml --request @/" + CONFIG,
            "policy replay --leaf 0" + CONFIG,
            "record seal @/report.json --out @/out --data-key a --context ort=Zürich " + RECIPIENT,
            "record open @/report.sealed --out @/out --purpose TREAT " + RECIPIENT,
            "data-keys rewrap @/keys.ndjson --out @/out --url APPLIANCE " + SERVER,
            "dev-pki --out @/own-pki --p12 auditor");

    /** Read byte by byte, or by the reader of keys and certificates, or of one form only; each of these readers has tests of its own. */
    private static final Set<String> NO_TEXTS =
            Set.of("der", "pem", "key", "guard", "request", "transcript", "catalogue", "evidence");

    @TempDir
    private static Path folder;

    @TempDir
    private static Path libraries;

    private static CommandBench bench;

    /** How each ends where nothing is wrong. */
    private static final Map<String, CommandBench.Answer> GOOD = new LinkedHashMap<>();

    @BeforeAll
    static void runAllOfThem() throws Exception {
        bench = new CommandBench(folder);
        Files.writeString(
                bench.file("appliance-new.yaml"),
                Files.readString(bench.file("appliance.yaml")).replace("store.db", "out"));
        for (String command : COMMANDS) {
            GOOD.put(command, run(command));
        }
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    private static CommandBench.Answer run(String command) throws IOException {
        Files.deleteIfExists(bench.file("out"));
        return bench.run(command);
    }

    @Test
    void everyCommandIsInTheTable() {
        Set<String> named = new TreeSet<>();
        leaves(Sealkeeper.commandLine(), named);
        assertThat(COMMANDS).allMatch(command -> named.stream().anyMatch(name -> command.startsWith(name + " ")));
        assertThat(named).allMatch(name -> COMMANDS.stream().anyMatch(command -> command.startsWith(name + " ")));
    }

    private static void leaves(CommandLine command, Set<String> names) {
        if (command.getSubcommands().isEmpty()) {
            names.add(command.getCommandSpec().qualifiedName().replaceFirst("^sealkeeper ", ""));
        }
        command.getSubcommands().values().forEach(sub -> leaves(sub, names));
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void whereNothingIsWrongItEndsWell(String command) {
        CommandBench.Answer answer = GOOD.get(command);
        if (Stream.of(
                        "audit accept-rollback",
                        "ceremony transcript",
                        "guard ",
                        "policy approve",
                        "policy replay",
                        "store migrate",
                        "store join",
                        "store appliances",
                        "store retire",
                        "token forget")
                .anyMatch(command::startsWith)) {
            assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.USAGE);
            assertThat(answer.out()).isEmpty();
        } else if (command.startsWith("ceremony execute") || command.startsWith("apply")) {
            assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.INVALID);
            assertThat(answer.err()).contains("it was made for other tokens");
        } else {
            assertThat(answer.exitCode()).as(answer.err()).isIn(ExitCode.OK, ExitCode.INVALID);
            assertThat(answer.out()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void anInputThatCannotBeReadIsNamed(String command) throws IOException {
        for (String input : bench.inputs(command)) {
            for (String wrong : List.of("missing/" + input, "log")) {
                var answer = run(command.replace("@/" + input, "@/" + wrong));
                assertRefused(answer, wrong.startsWith("missing") ? wrong : "");
            }
        }
    }

    /** Nothing is mapped at the beginning of a process: to read there fails as a broken disk does. */
    @ParameterizedTest
    @FieldSource("COMMANDS")
    void aDiskThatFailsUnderAnInputMayPass(String command) throws IOException {
        for (String input : bench.inputs(command)) {
            var answer = run(command.replace("@/" + input, "/proc/self/mem"));
            assertThat(answer.exitCode()).as("%s: %s", input, answer.err()).isEqualTo(ExitCode.FAULT);
            assertThat(answer.out()).isEmpty();
            assertThat(answer.err())
                    .contains("/proc/self/mem", "Input/output error")
                    .doesNotContain("unexpected failure");
        }
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void whatEditorsDoToATextChangesNothing(String command) throws IOException {
        for (String input : bench.inputs(command)) {
            String kind = input.substring(input.lastIndexOf('.') + 1);
            boolean isTriedElsewhere = input.equals("appliance.yaml") && !command.startsWith("keys list");
            if (!NO_TEXTS.contains(kind) && !isTriedElsewhere) {
                String text = Files.readString(bench.file(input));
                // Nothing may follow a policy's end mark: what it is cut off could else not be told.
                String blank = text.endsWith("\n...\n") ? "" : "\r\n\r\n";
                // All at once: which of them is refused, the message says.
                assertChangesNothing(command, input, "\ufeff" + text.replace("\n", "\r\n") + blank);
            }
        }
    }

    private void assertChangesNothing(String command, String input, String edited) throws IOException {
        byte[] original = Files.readAllBytes(bench.file(input));
        try {
            Files.writeString(bench.file(input), edited);
            var answer = run(command);
            assertThat(answer.exitCode())
                    .as("%s with %s: %s", command, input, answer.err())
                    .isEqualTo(GOOD.get(command).exitCode());
        } finally {
            Files.write(bench.file(input), original);
        }
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void aFullDiskUnderStandardOutputIsTold(String command) throws IOException {
        if (GOOD.get(command).out().isEmpty()) {
            return; // it has nothing to tell
        }
        Files.deleteIfExists(bench.file("out"));
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            var answer = bench.run(command, full);
            assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.UNTOLD);
            assertThat(answer.err())
                    .contains("sealkeeper: standard output cannot be written: No space left on device; ")
                    .doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void aUrlOfAnotherSchemeIsRefused(String command) throws IOException {
        for (String scheme : List.of("ftp://localhost/", "localhost:8443", "file:///etc/passwd")) {
            String other = command.replaceAll("--url \\S+", "--url " + scheme);
            if (!other.equals(command)) {
                assertRefused(run(other), "'" + scheme + "'");
            }
        }
        if (command.contains("@/log")) {
            assertRefused(run(command.replace("@/log", "ftp://localhost/")), "'ftp://localhost/'");
        }
    }

    /** As the JVM decodes {@code Zürich} where LC_ALL is C. */
    @ParameterizedTest
    @FieldSource("COMMANDS")
    void wordsThatLostCharactersAreRefused(String command) throws IOException {
        assertRefused(run(command + " Z\ufffd\ufffdrich"), "LC_ALL=C.UTF-8");
    }

    /** In processes that may write no file at all: a full disk, for whoever has no disk to fill. */
    @ParameterizedTest
    @FieldSource("COMMANDS")
    void aFullDiskUnderAFileLeavesNothing(String command) throws Exception {
        boolean isRefused = command.startsWith("guard ") || command.startsWith("ceremony transcript");
        if (isRefused || (!command.contains("--out ") && !command.startsWith("store init"))) {
            return; // it writes no file of its own, or is refused before it does
        }
        Set<String> before = files();
        before.remove("out");
        Files.deleteIfExists(bench.file("out"));
        List<String> words = new ArrayList<>(List.of(
                bench.words(command.replace("@/mirror", "@/other-mirror").replace("@/own-pki", "@/other-pki"))));
        Process process = JavaProcess.startIn(
                List.of("bash", "-c", "ulimit -f 0; exec \"$@\"", "bash"),
                Map.of("JAVA_TOOL_OPTIONS", "-XX:-UsePerfData -Dorg.sqlite.lib.path=" + sqliteLibrary()),
                Sealkeeper.class.getName(),
                words);
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(err).isEqualTo(ExitCode.FAULT);
        assertThat(out).isEmpty();
        assertThat(err).contains("sealkeeper: ").doesNotContain("\tat ").doesNotContain("unexpected failure");
        Set<String> after = files();
        if (command.startsWith("data-keys rewrap")) {
            after.remove("out"); // whole lines, with which the next run goes on: here none
        }
        assertThat(after).isEqualTo(before);
    }

    /** Where SQLite's library lies already, as after a build: nothing can be unpacked where no file can be written. */
    private static Path sqliteLibrary() throws IOException {
        Path unpacked = libraries.resolve(LibraryLoaderUtil.getNativeLibName());
        String packed = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        try (InputStream library = Objects.requireNonNull(LibraryLoaderUtil.class.getResourceAsStream(packed))) {
            Files.copy(library, unpacked, StandardCopyOption.REPLACE_EXISTING);
        }
        return libraries;
    }

    private static Set<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Set<String> names = new TreeSet<>();
            files.filter(Files::isRegularFile)
                    .forEach(file -> names.add(folder.relativize(file).toString()));
            return names;
        }
    }

    private static void assertRefused(CommandBench.Answer answer, String named) {
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .startsWith("sealkeeper: ")
                .contains(named)
                .doesNotContain("\tat ")
                .doesNotContain("unexpected failure")
                .doesNotContain("Exception");
        assertThat(bench.file("out")).doesNotExist();
    }
}
