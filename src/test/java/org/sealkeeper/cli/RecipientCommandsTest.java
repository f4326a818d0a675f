package org.sealkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TestAppliance;
import picocli.CommandLine;

/** The commands of a key-encryption key's life, on one token. */
class RecipientCommandsTest {
    private static final RecipientKeyPair LAB = RecipientKeyPair.generate();

    @TempDir
    private Path folder;

    private TestAppliance appliance;

    private record Answer(int exitCode, String out, String err) {}

    @BeforeEach
    void provision() throws Exception {
        appliance = TestAppliance.in(folder);
        Path declared = appliance.write("keys.yaml", "keys: []\nkeyEncryptionKeys: [{alias: patient-data}]\n");
        assertThat(ok("keys", "apply", "-f", declared.toString()))
                .isEqualTo("patient-data version 1, key-encryption, AES-256, active: created\n");
        Files.write(folder.resolve("lab.der"), encoded());
    }

    private static byte[] encoded() throws CertificateEncodingException {
        return LAB.certificate().getEncoded();
    }

    private Answer sealkeeper(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine commandLine =
                Sealkeeper.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", appliance.config().toString()));
        int exitCode = commandLine.execute(all.toArray(String[]::new));
        commandLine.getOut().flush();
        commandLine.getErr().flush();
        return new Answer(exitCode, out.toString(), err.toString());
    }

    private String ok(String... arguments) {
        Answer answer = sealkeeper(arguments);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.exitCode()).isZero();
        return answer.out();
    }

    private String refused(String... arguments) {
        Answer answer = sealkeeper(arguments);
        assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.out()).isEmpty();
        return answer.err();
    }

    private String[] enroll(Path pin) {
        return new String[] {
            "recipients",
            "enroll",
            "--name",
            "lab-a",
            "--certificate",
            folder.resolve("lab.der").toString(),
            "--so-pin-file",
            pin.toString()
        };
    }

    @Test
    void aRecipientIsEnrolledListedAndRetired() {
        Path soPin = appliance.token().soPin();
        assertThat(ok(enroll(soPin))).matches("lab-a, key SHA-256 [0-9a-f]{64}, enrolled \\S+: created\n");
        assertThat(ok(enroll(soPin))).endsWith(": unchanged\n");
        assertThat(ok("recipients", "list", "--json"))
                .startsWith("{\"name\":\"lab-a\",\"keySha256\":\"" + LAB.publicKey());
        assertThat(ok("recipients", "retire", "--name", "lab-a")).isEqualTo("lab-a: retired\n");
        assertThat(ok("recipients", "retire", "--name", "lab-a", "--json"))
                .isEqualTo("{\"name\":\"lab-a\",\"outcome\":\"unchanged\"}\n");
        assertThat(ok("recipients", "list")).contains(", retired ");
    }

    @Test
    void aWrongOfficersPinIsTriedOnceAndNothingIsEnrolled() {
        assertThat(refused(enroll(appliance.token().userPin())))
                .contains("refused the PIN in " + appliance.token().userPin())
                .contains("it was tried once and will not be tried again");
        assertThat(ok("recipients", "list")).isEmpty();
    }

    @Test
    void anApplianceWithTwoTokensNeedsTheOfficersOfBoth() throws IOException {
        SoftHsmToken first = appliance.token();
        SoftHsmToken second = SoftHsmToken.in(Files.createDirectory(folder.resolve("second")));
        appliance.write(
                "appliance.yaml",
                Files.readString(appliance.config())
                        .replaceFirst(
                                "tokens: \\[(.*)]",
                                "tokens: [$1, {profile: %s, label: %s, userPin: %s}]"
                                        .formatted(second.profile(), second.label(), second.userPin())));
        String both = first.label() + ", " + second.label();
        String declared = folder.resolve("keys.yaml").toString();

        Answer applied = sealkeeper("keys", "apply", "-f", declared);
        assertThat(applied.exitCode()).isZero();
        assertThat(applied.out()).isEqualTo("patient-data version 1, key-encryption, AES-256, active: unchanged\n");
        assertThat(applied.err())
                .isEqualTo("key-encryption key 'patient-data': declared for the tokens " + both
                        + ", but its active version is in " + first.label()
                        + "; run 'sealkeeper keys rotate --alias patient-data -f " + declared
                        + "' for a version in those that are declared\n");
        assertThat(ok("keys", "rotate", "--alias", "patient-data", "-f", declared))
                .isEqualTo("patient-data version 2, key-encryption, AES-256, active, tokens " + both + ": created\n");
        assertThat(ok("keys", "list", "--json"))
                .contains("\"tokens\":[\"" + first.label() + "\"]")
                .contains("\"tokens\":[\"" + first.label() + "\",\"" + second.label() + "\"]");

        assertThat(refused(enroll(first.soPin()))).contains("expected --so-pin-file LABEL=FILE");
        Path pin = Path.of(first.label() + "=" + first.soPin());
        assertThat(refused(enroll(pin)))
                .endsWith("for each of the tokens " + both + ", found none for " + second.label() + "\n");
        String[] enrollment = Stream.concat(
                        Stream.of(enroll(pin)), Stream.of("--so-pin-file", second.label() + "=" + second.soPin()))
                .toArray(String[]::new);
        assertThat(ok(enrollment)).endsWith(": created\n");
        assertThat(ok(enrollment)).endsWith(": unchanged\n");
        assertThat(ok("recipients", "retire", "--name", "lab-a")).isEqualTo("lab-a: retired\n");

        String[] open = {
            "rewrap-window",
            "open",
            "--alias",
            "patient-data",
            "--from",
            "1",
            "--to",
            "2",
            "--so-pin-file",
            pin.toString()
        };
        assertThat(ok(open)).isEqualTo("patient-data from version 1 to 2: opened\n");
        assertThat(ok("rewrap-window", "close", "--alias", "patient-data")).isEqualTo("patient-data: closed\n");
    }

    @Test
    void aKeyIsRotatedRewrappedAndDestroyed() {
        assertThat(ok("keys", "rotate", "--alias", "patient-data"))
                .isEqualTo("patient-data version 2, key-encryption, AES-256, active: created\n");
        String[] open = {
            "rewrap-window",
            "open",
            "--alias",
            "patient-data",
            "--from",
            "1",
            "--to",
            "2",
            "--so-pin-file",
            appliance.token().soPin().toString()
        };
        assertThat(ok(open)).isEqualTo("patient-data from version 1 to 2: opened\n");
        assertThat(ok(open)).isEqualTo("patient-data from version 1 to 2: unchanged\n");
        assertThat(ok("rewrap-window", "list"))
                .contains("patient-data from version 1 to 2, opened ")
                .endsWith(", open\n");
        String[] destroy = {"keys", "destroy-version", "--alias", "patient-data", "--version-number", "1", "--yes"};
        assertThat(refused(destroy)).startsWith("sealkeeper: a rewrap window of 'patient-data' is open");
        assertThat(ok("rewrap-window", "close", "--alias", "patient-data")).isEqualTo("patient-data: closed\n");
        assertThat(refused("keys", "destroy-version", "--alias", "patient-data", "--version-number", "1"))
                .endsWith("nothing was done: add --yes if that is meant\n");
        assertThat(ok(destroy)).isEqualTo("patient-data version 1: destroyed\n");
        assertThat(ok("keys", "list")).isEqualTo("""
                        patient-data version 1, key-encryption, AES-256, destroyed
                        patient-data version 2, key-encryption, AES-256, active
                        """);
    }
}
