package org.sealkeeper.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.testing.JavaProcess;

/** Clear text must not survive in a draft: here it is looked for in the folder, after everything that can go wrong. */
class WholeFileTest {
    private static final byte[] CLEAR_TEXT =
            "haemoglobin 13.5 g/dl\n".repeat(4_000).getBytes(UTF_8);

    @TempDir
    private Path folder;

    @Test
    void aFileIsReadableByItsOwnerAloneAndAPublishedOneByAll() throws IOException {
        WholeFile.write(folder.resolve("record"), out -> out.write(CLEAR_TEXT));
        WholeFile.publish(folder.resolve("certificate"), out -> out.write(CLEAR_TEXT));
        assertThat(folder.resolve("record")).hasBinaryContent(CLEAR_TEXT);
        assertThat(permissions("record")).isEqualTo("rw-------");
        assertThat(permissions("certificate")).isEqualTo("rw-r--r--");
        assertThat(names()).containsExactly("certificate", "record");
    }

    @Test
    void aDraftIsReadableByItsOwnerAlone() throws IOException {
        WholeFile.publish(folder.resolve("certificate"), out -> {
            assertThat(names())
                    .singleElement()
                    .satisfies(draft -> assertThat(permissions(draft)).isEqualTo("rw-------"));
            out.write(CLEAR_TEXT);
        });
    }

    @Test
    void aFailureInTheMiddleLeavesTheOlderFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("record"), "older");
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(CLEAR_TEXT);
                    throw new IOException("no more");
                }))
                .hasMessage("no more");
        assertThat(file).hasContent("older");
        assertThat(names()).containsExactly("record");
    }

    @Test
    void aFolderThatGoesAwayIsAFailure() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        assertThatThrownBy(() -> WholeFile.write(gone.resolve("record"), out -> {
                    out.write(CLEAR_TEXT);
                    for (String draft : names(gone)) {
                        Files.delete(gone.resolve(draft));
                    }
                    Files.delete(gone);
                }))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void aLinkStaysALinkToTheNewContent() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "older");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        WholeFile.write(link, out -> out.write(CLEAR_TEXT));
        assertThat(link).isSymbolicLink();
        assertThat(target).hasBinaryContent(CLEAR_TEXT);
    }

    @Test
    void aDeviceIsWrittenToAndNotReplaced() {
        Path device = Path.of("/dev/full");
        assertThatThrownBy(() -> WholeFile.write(device, out -> out.write(CLEAR_TEXT)))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThat(device).exists();
        assertThat(Files.isRegularFile(device)).isFalse();
    }

    /** The limit on the files of a process; as for a disk that becomes full. */
    @Test
    void aDiskThatBecomesFullLeavesNothing() throws Exception {
        Process process = writer("ulimit -f 16; exec \"$@\"", "write");
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void aSignalLeavesNothing(String signal) throws Exception {
        // The user of this test may ignore some of them, and a process inherits that.
        Process process = writer("exec env --default-signal=TERM,INT,HUP \"$@\"", "stop-in-the-middle");
        awaitDraft(process);
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isGreaterThan(128);
        assertThat(names()).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftTheNextWriterDeletes() throws Exception {
        Process process = writer("exec \"$@\"", "stop-in-the-middle");
        awaitDraft(process);
        process.destroyForcibly().waitFor();
        assertThat(names()).hasSize(1);
        WholeFile.write(folder.resolve("another"), out -> out.write(CLEAR_TEXT));
        assertThat(names()).hasSize(2);
        WholeFile.write(folder.resolve("record"), out -> out.write(CLEAR_TEXT));
        assertThat(names()).containsExactly("another", "record");
    }

    /** Starts {@link #main} in a shell that was given a limit. */
    private Process writer(String shell, String what) throws IOException {
        return JavaProcess.startIn(
                List.of("bash", "-c", shell, "bash"),
                Map.of(),
                WholeFileTest.class.getName(),
                List.of(folder.resolve("record").toString(), what));
    }

    private void awaitDraft(Process process) throws Exception {
        while (names().isEmpty()) {
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    /** Writes the clear text into the file, or half of it and waits for its end. */
    public static void main(String[] arguments) {
        try {
            WholeFile.write(Path.of(arguments[0]), out -> {
                out.write(CLEAR_TEXT);
                if (arguments[1].equals("stop-in-the-middle")) {
                    sleep();
                }
            });
        } catch (IOException e) {
            System.exit(3);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    private List<String> names() throws IOException {
        return names(folder);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
