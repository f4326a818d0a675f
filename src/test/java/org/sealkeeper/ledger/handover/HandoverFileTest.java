package org.sealkeeper.ledger.handover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.testing.SoftwareChain;

/** docs/formats/guard-export.md and its golden file: what was exported once can be imported for ever. */
class HandoverFileTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/guard-export.txt");
    private static final Path PAGE = Path.of("docs/formats/guard-export.md");

    @TempDir
    Path folder;

    @Test
    void theSameFileIsMadeToday() throws IOException {
        try (SignedStore from = SignedStore.in(folder, "lab-a.example/sealkeeper");
                SignedStore to = SignedStore.in(folder, "lab-b.example/sealkeeper")) {
            from.sign(SoftwareChain.statements("lab-a", 0, 1, 2));
            from.sign(SoftwareChain.statements("lab-c", 0));
            HandoverFile file = from.export(to, "lab-a", "lab-c");
            assertThat(file.toString()).isEqualTo(Files.readString(GOLDEN));
            assertThat(Files.readString(PAGE)).contains(file.toString(), from.verifier());
        }
    }

    @Test
    void theGoldenFileSaysWhatWasHandedOver() throws IOException {
        HandoverFile file = HandoverFile.parse(Files.readAllBytes(GOLDEN));
        assertThat(file.statements())
                .extracting(
                        statement -> statement.chain() + " " + statement.head().height() + " " + statement.log())
                .containsExactly("lab-a 2 lab-b.example/sealkeeper", "lab-c 0 lab-b.example/sealkeeper");
        String vkey = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("lab-a.example/sealkeeper+"))
                .findFirst()
                .orElseThrow();
        assertThat(file.checkpoint().isSignedBy(VerifierKey.parse(vkey))).isTrue();
    }

    /** A changed bit is found by its form, by the proof of its leaf, or by the signature. */
    @Test
    void noChangedCharacterIsOverlooked() throws IOException {
        byte[] golden = Files.readAllBytes(GOLDEN);
        String vkey = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("lab-a.example/sealkeeper+"))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < golden.length; i++) {
            byte[] changed = golden.clone();
            changed[i] ^= 1;
            assertThat(isBelieved(changed, VerifierKey.parse(vkey)))
                    .as("byte %d", i)
                    .isFalse();
        }
    }

    private static boolean isBelieved(byte[] bytes, VerifierKey key) {
        try {
            HandoverFile file = HandoverFile.parse(bytes);
            return !file.statements().isEmpty() && file.checkpoint().isSignedBy(key);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void aFileHasOneForm() throws IOException {
        String golden = Files.readString(GOLDEN);
        for (String other : new String[] {
            golden + "\n",
            golden.replace("guard/1", "guard/2"),
            golden.replaceFirst("index 0", "index 00"),
            golden.replaceFirst("\nindex", "\nextra\nindex"),
            golden.replaceFirst("(?s)(leaf .*?)(leaf .*?)\n\n", "$1$1\n\n"),
            "\uFEFF" + golden
        }) {
            assertThatThrownBy(() -> HandoverFile.parse(other.getBytes(UTF_8)).statements())
                    .as(other)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
