package org.sealkeeper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InForceTest {
    @TempDir
    Path folder;

    private final List<String> events = new ArrayList<>();
    private InForce<String> inForce;
    private boolean isRecorderBroken;

    private final InForce.Recorder<String> recorder = new InForce.Recorder<>() {
        @Override
        public void taken(String changed, String digest) {
            if (isRecorderBroken) {
                throw new IllegalStateException("made to fail");
            }
            events.add("taken");
        }

        @Override
        public void rejected(ConfigurationFault fault) {
            events.add("rejected");
        }
    };

    @BeforeEach
    void load() throws IOException {
        write("first");
        inForce = InForce.load(List.of(folder.resolve("name.yaml")), InForceTest::name);
    }

    private static String name(List<FileContent> files) {
        String text = files.getFirst().text();
        if (!text.startsWith("name: ")) {
            throw files.getFirst().fault("expected a name");
        }
        return text;
    }

    private void write(String name) throws IOException {
        Files.writeString(folder.resolve("name.yaml"), "name: " + name);
    }

    private void look() {
        inForce.look(recorder);
    }

    @Test
    void aChangeTakesEffectOnceItStandsStill() throws IOException {
        write("second");
        look();
        write("third");
        look();
        assertThat(inForce.current()).contains("first");

        look();

        assertThat(inForce.current()).contains("third");
        assertThat(events).containsExactly("taken");
    }

    @Test
    void aBadFileChangesNothingAndIsComplainedAboutOnce() throws IOException {
        for (String bad : List.of("no name", "")) {
            Files.writeString(folder.resolve("name.yaml"), bad);
            for (int i = 0; i < 4; i++) {
                look();
            }
        }
        assertThat(inForce.current()).contains("first");
        assertThat(inForce.rejected()).isPresent();
        assertThat(events.stream().distinct()).containsExactly("rejected");
        assertThat(events).hasSizeLessThanOrEqualTo(2);

        write("second");
        look();
        look();

        assertThat(inForce.current()).contains("second");
        assertThat(inForce.rejected()).isEmpty();
    }

    @Test
    void whatCannotBeRecordedDoesNotTakeEffectUntilItCan() throws IOException {
        write("second");
        look();
        isRecorderBroken = true;

        assertThatThrownBy(this::look).hasMessage("made to fail");
        assertThat(inForce.current()).contains("first");

        isRecorderBroken = false;
        look();
        assertThat(inForce.current()).contains("second");
    }

    /** A link to what cannot be read stands for a file on a disk that fails. */
    @Test
    void aDiskThatFailsChangesNothingAndIsComplainedAboutOnce() throws IOException {
        Files.delete(folder.resolve("name.yaml"));
        Path link = Files.createSymbolicLink(folder.resolve("name.yaml"), Path.of("/proc/self/mem"));
        look();
        look();
        look();
        assertThat(events).containsExactly("rejected");
        assertThat(inForce.current()).isEqualTo("name: first");
        assertThat(inForce.rejected())
                .hasValueSatisfying(fault -> assertThat(fault).hasMessageContaining("Input/output error"));
        Files.delete(link);
    }

    @Test
    void theDigestIsOfTheFilesInForce() throws IOException {
        String first = inForce.digest();
        assertThat(first).isEqualTo(sha256(Files.readAllBytes(folder.resolve("name.yaml"))));
        write("second");
        inForce.look(recorder);
        assertThat(inForce.digest()).isEqualTo(first);
        inForce.look(recorder);
        assertThat(inForce.digest()).isEqualTo(sha256(Files.readAllBytes(folder.resolve("name.yaml"))));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
