package org.sealkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.hsm.TokenProfile;
import org.sealkeeper.testing.JavaProcess;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.TestAppliance;

/** Commands on a token behind a module that counts the logins: {@code src/test/native/counting.c}. */
class LoginIT {
    private static final String USER_PIN_FINAL_TRY = "20000";
    private static final String USER_PIN_LOCKED = "40000";

    @TempDir
    private Path folder;

    private TestAppliance appliance;
    private Path countingProfile;
    private Path log;

    @BeforeEach
    void build() throws IOException, InterruptedException {
        appliance = TestAppliance.in(folder);
        appliance.write(
                "keys.yaml", "keys: [{alias: a, purpose: block-signing, algorithm: ES256}]\nkeyEncryptionKeys: []\n");
        Path counting = folder.resolve("counting.so");
        int compiled = new ProcessBuilder(
                        "gcc",
                        "-shared",
                        "-fPIC",
                        "-O1",
                        "-o",
                        counting.toString(),
                        "src/test/native/counting.c",
                        "-ldl")
                .inheritIO()
                .start()
                .waitFor();
        assertThat(compiled).isZero();
        countingProfile = appliance.write(
                "profile.yaml",
                Files.readString(appliance.token().profile())
                        .replaceFirst("modules:\n(  - .*\n)*", "modules: [" + counting + "]\n"));
        log = folder.resolve("logins");
    }

    @Test
    void theRightPinIsUsedOnce() throws IOException {
        JavaProcess.Result result = keysApply(appliance.token().userPin(), "0");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void aWrongPinIsTriedOnceAndNeverAgain() throws IOException {
        Path wrong = appliance.write("wrong.pin", "not the PIN");
        Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));
        JavaProcess.Result result = keysApply(wrong, "0");
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .isEqualTo(
                        "sealkeeper: the token '" + appliance.token().label() + "' refused the PIN in " + wrong
                                + " (CKR_PIN_INCORRECT); it was tried once and will not be tried again: correct the file first\n");
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void aPinWithAWindowsLineEndIsUsedWithoutIt() throws IOException {
        JavaProcess.Result result = keysApply(altered(appliance.token().userPin(), "\r\n"), "0");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void aPinFileThatCannotBeMeantCostsNoTry() throws IOException {
        Path userPin = altered(appliance.token().userPin(), "\n\n");
        JavaProcess.Result refused = keysApply(userPin, "0");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .isEqualTo("sealkeeper: " + userPin
                        + ": expected a PIN in UTF-8 and at most one line end behind it, found a"
                        + " control character: byte 25 is 0x0a; correct the file; no login was tried\n");
        assertThat(logins()).isZero();
    }

    @Test
    void aSecurityOfficersPinFileThatCannotBeMeantCostsNoTry() throws Exception {
        Files.write(
                folder.resolve("lab.der"),
                RecipientKeyPair.generate().certificate().getEncoded());
        Path soPin = altered(appliance.token().soPin(), " ");
        JavaProcess.Result refused = sealkeeper(
                appliance.token().userPin(),
                "0",
                List.of(
                        "recipients",
                        "enroll",
                        "--name",
                        "lab",
                        "--certificate",
                        folder.resolve("lab.der").toString(),
                        "--so-pin-file",
                        soPin.toString()));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).startsWith("sealkeeper: " + soPin).contains("found a blank: byte 25 is 0x20");
        assertThat(logins()).isZero();
    }

    /** The same PIN with something behind it. */
    private Path altered(Path pin, String behind) throws IOException {
        Path altered = appliance.write("altered.pin", Files.readString(pin) + behind);
        return Files.setPosixFilePermissions(altered, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void noPinIsTriedWhereAWrongOneWouldLockTheToken() throws IOException {
        JavaProcess.Result result = keysApply(appliance.token().userPin(), USER_PIN_FINAL_TRY);
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("would lock at one more wrong PIN (CKF_USER_PIN_FINAL_TRY)");
        assertThat(logins()).isZero();
    }

    @Test
    void noPinIsTriedOnALockedToken() throws IOException {
        JavaProcess.Result result = keysApply(appliance.token().userPin(), USER_PIN_LOCKED);
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("has locked its user PIN (CKF_USER_PIN_LOCKED)");
        assertThat(logins()).isZero();
    }

    private JavaProcess.Result keysApply(Path userPin, String flags) {
        return sealkeeper(
                userPin,
                flags,
                List.of("keys", "apply", "-f", folder.resolve("keys.yaml").toString()));
    }

    private JavaProcess.Result sealkeeper(Path userPin, String flags, List<String> arguments) {
        Path config = appliance.write("counted.yaml", appliance.yaml(countingProfile, userPin));
        String softHsm = TokenProfile.read(appliance.token().profile()).modules().stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow()
                .toString();
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--config", config.toString()));
        return JavaProcess.run(
                Map.of("COUNTING_MODULE", softHsm, "COUNTING_LOG", log.toString(), "COUNTING_FLAGS", flags),
                Sealkeeper.class.getName(),
                all);
    }

    private long logins() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }
}
