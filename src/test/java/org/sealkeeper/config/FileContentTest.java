package org.sealkeeper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileContentTest {
    /** Nothing is mapped at the beginning of a process: to read there is an error of input and output, as of a disk that fails. */
    private static final Path ON_A_FAILING_DISK = Path.of("/proc/self/mem");

    @TempDir
    private Path folder;

    @Test
    void aDiskThatFailsMayPass() {
        FileContent content = FileContent.read(ON_A_FAILING_DISK);
        assertThatThrownBy(content::text)
                .isInstanceOf(FileFault.class)
                .hasMessage(ON_A_FAILING_DISK
                        + ": cannot be read: Input/output error; see the disk and the system's log, then try again");
    }

    @Test
    void whereNoFileCanBeThePathIsWrong() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path loop = folder.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        for (Path wrong : List.of(folder, file.resolve("below"), loop, folder.resolve("x".repeat(300)))) {
            FileContent content = FileContent.read(wrong);
            assertThatThrownBy(content::require)
                    .isInstanceOf(ConfigurationFault.class)
                    .hasMessageStartingWith(wrong + ": cannot be read: ")
                    .hasMessageEndingWith("; correct the path");
        }
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws IOException {
        Path large = Files.write(folder.resolve("large"), new byte[(16 << 20) + 1]);
        FileContent content = FileContent.read(large);
        assertThatThrownBy(content::bytes)
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(large + ": expected at most 16777216 bytes");
    }

    @Test
    void twoLooksThatFoundTheSameAreEqual() throws IOException {
        Path file = folder.resolve("file");
        FileContent missing = FileContent.read(file);
        assertThat(FileContent.read(file)).isEqualTo(missing);
        Files.createFile(file);
        assertThat(FileContent.read(file)).isNotEqualTo(missing);
        assertThat(FileContent.read(ON_A_FAILING_DISK)).isEqualTo(FileContent.read(ON_A_FAILING_DISK));
    }
}
