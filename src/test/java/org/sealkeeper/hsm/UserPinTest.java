package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileContent;
import org.sealkeeper.config.InForce;

/** A PIN file that changes while the appliance runs: complained about before a login needs it, and never kept. */
class UserPinTest implements InForce.Recorder<Path> {
    @TempDir
    Path folder;

    private Path file;
    private InForce<Path> pin;
    private final List<String> events = new ArrayList<>();

    @BeforeEach
    void watch() throws IOException {
        file = folder.resolve("user.pin");
        write("1234");
        pin = UserPin.watch(file, new SecureRandom());
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text, US_ASCII);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void lookTwice() {
        pin.look(this);
        pin.look(this);
    }

    @Override
    public void taken(Path changed, String digest) {
        events.add("taken");
    }

    @Override
    public void rejected(ConfigurationFault fault) {
        events.add("rejected");
    }

    @Test
    void aChangedPinIsToldOnceItStandsStill() throws IOException {
        write("5678");
        pin.look(this);
        assertThat(events).isEmpty();
        pin.look(this);
        assertThat(events).containsExactly("taken");
        lookTwice();
        assertThat(events).containsExactly("taken");
    }

    @Test
    void onePinThatCannotBeUsedIsComplainedAboutOnce() throws IOException {
        write("");
        lookTwice();
        lookTwice();
        assertThat(events).containsExactly("rejected");
        assertThat(pin.rejected().orElseThrow()).hasMessageContaining("user.pin");
        write("1234");
        lookTwice();
        assertThat(pin.rejected()).isEmpty();
    }

    @Test
    void aFileThatOthersMayReadIsNotWatchedAtAll() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> UserPin.watch(file, new SecureRandom())).isInstanceOf(ConfigurationFault.class);
    }

    @Test
    void whatIsKeptOfASecretIsNotTheSecret() {
        var key = new javax.crypto.spec.SecretKeySpec(new byte[32], "HmacSHA256");
        FileContent kept = FileContent.ofSecret(file, key);
        assertThat(kept.bytes()).hasSize(32).isNotEqualTo("1234".getBytes(US_ASCII));
        assertThat(kept).isEqualTo(FileContent.ofSecret(file, key));
    }
}
