package org.sealkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.TestAppliance;
import org.sealkeeper.testing.TokenFault;

/** How often commands log in. */
class CommandLoginsTest {

    @TempDir
    private Path folder;

    private TestAppliance appliance;
    private FaultyModule module;

    @BeforeEach
    void install() {
        appliance = TestAppliance.in(folder);
        appliance.write(
                "keys.yaml", "keys: [{alias: a, purpose: block-signing, algorithm: ES256}]\nkeyEncryptionKeys: []\n");
        module = FaultyModule.install(folder.resolve("faulty"));
    }

    @Test
    void theRightPinIsUsedOnce() {
        Command result = keysApply(appliance.token().userPin());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void aWrongPinIsTriedOnceAndNeverAgain() throws IOException {
        Path wrong = appliance.write("wrong.pin", "not the PIN");
        Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));
        Path refusedPins =
                folder.resolve("store.db.refused-pins-" + appliance.token().label());
        Command result = keysApply(wrong);
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .isEqualTo("sealkeeper: the token '" + appliance.token().label() + "' refused the PIN in " + wrong
                        + " (CKR_PIN_INCORRECT); it was tried once and will not be tried again: correct the file first;"
                        + " where the token's PIN is to be corrected instead, do that and delete " + refusedPins
                        + "\n");
        assertThat(logins()).isEqualTo(1);
        assertThat(keysApply(wrong).err())
                .isEqualTo("sealkeeper: the token '" + appliance.token().label() + "' refused the PIN in " + wrong
                        + " before; no login was tried: correct the file, or, where the token's PIN was corrected,"
                        + " delete " + refusedPins + "\n");
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void aPinWithAWindowsLineEndIsUsedWithoutIt() throws IOException {
        Command result = keysApply(altered(appliance.token().userPin(), "\r\n"));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void aPinFileThatCannotBeMeantCostsNoTry() throws IOException {
        Path userPin = altered(appliance.token().userPin(), "\n\n");
        Command refused = keysApply(userPin);
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
        Command refused = sealkeeper(
                appliance.token().userPin(),
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
    void noPinIsTriedWhereAWrongOneWouldLockTheToken() {
        module.inject(TokenFault.finalTry());
        Command result = keysApply(appliance.token().userPin());
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("would lock at one more wrong PIN (CKF_USER_PIN_FINAL_TRY)");
        assertThat(logins()).isZero();
    }

    @Test
    void noPinIsTriedOnALockedToken() {
        module.inject(TokenFault.lockedOut());
        Command result = keysApply(appliance.token().userPin());
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("has locked its user PIN (CKF_USER_PIN_LOCKED)");
        assertThat(logins()).isZero();
    }

    private Command keysApply(Path userPin) {
        return sealkeeper(
                userPin,
                List.of("keys", "apply", "-f", folder.resolve("keys.yaml").toString()));
    }

    private Command sealkeeper(Path userPin, List<String> arguments) {
        Path config = appliance.write("counted.yaml", appliance.yaml(module.profile(), userPin));
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--config", config.toString()));
        return CommandHere.run(folder, all.toArray(String[]::new));
    }

    private long logins() {
        return module.calls("C_Login");
    }
}
