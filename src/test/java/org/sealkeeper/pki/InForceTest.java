package org.sealkeeper.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.ConfigurationFault;

class InForceTest {
    @TempDir
    Path folder;

    private final List<String> events = new ArrayList<>();
    private InForce<String> inForce;
    private boolean isRecorderBroken;

    private final InForce.Recorder recorder = new InForce.Recorder() {
        @Override
        public void taken() {
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
        inForce = InForce.load(List.of(folder.resolve("name.pem")), InForceTest::name);
    }

    /** The common name of the one certificate. */
    private static String name(List<PemFile> files) {
        return files.getFirst()
                .certificates()
                .getFirst()
                .getSubjectX500Principal()
                .getName();
    }

    private void write(String name) {
        TestAuthority.write(folder.resolve("name.pem"), TestAuthority.root(name).certificate());
    }

    private void look() {
        inForce.look(recorder);
    }

    @Test
    void aChangeTakesEffectOnceItStandsStill() {
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
        for (String bad : List.of("not PEM", "")) {
            Files.writeString(folder.resolve("name.pem"), bad);
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
    void whatCannotBeRecordedDoesNotTakeEffectUntilItCan() {
        write("second");
        look();
        isRecorderBroken = true;

        assertThatThrownBy(this::look).hasMessage("made to fail");
        assertThat(inForce.current()).contains("first");

        isRecorderBroken = false;
        look();
        assertThat(inForce.current()).contains("second");
    }
}
