package org.sealkeeper.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.cli.Sealkeeper;

class StandardOutputTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"--help", "chain verify --help", "--version"})
    void aFullDiskIsToldAndHasACodeOfItsOwn(String arguments) throws IOException {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            assertThat(Sealkeeper.run(full, err, arguments.split(" "))).isEqualTo(ExitCode.UNTOLD);
        }
        assertThat(err.toString(UTF_8))
                .isEqualTo(
                        "sealkeeper: standard output cannot be written: No space left on device; what the command did is"
                                + " done, what it had to tell is incomplete\n");
    }

    @Test
    void aReaderThatHasEnoughEndsACommandQuietly() throws Exception {
        String pipe = folder.resolve("pipe").toString();
        assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
        // Each end waits in its opening for the other.
        CompletableFuture<Void> head = CompletableFuture.runAsync(() -> {
            try {
                new FileInputStream(pipe).close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (OutputStream out = new FileOutputStream(pipe)) {
            head.join();
            assertThat(Sealkeeper.run(out, err, "--help")).isEqualTo(ExitCode.CLOSED_PIPE);
        }
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void nothingIsWrittenBehindWhatWasLost() {
        var written = new ByteArrayOutputStream();
        var out = StandardOutput.writer(new OutputStream() {
            private boolean failed;

            @Override
            public void write(int one) throws IOException {
                if (!failed) {
                    failed = true;
                    throw new IOException("no more");
                }
                written.write(one);
            }
        });
        assertThatThrownBy(() -> out.println("first")).isInstanceOf(UnwritableOutput.class);
        out.println("second");
        out.flush();
        assertThat(written.toString(UTF_8)).isEmpty();
    }

    @Test
    void whatIsToldIsUtf8() {
        var out = new ByteArrayOutputStream();
        StandardOutput.writer(out).println("Zürich");
        assertThat(out.toByteArray()).isEqualTo("Zürich\n".getBytes(UTF_8));
    }
}
