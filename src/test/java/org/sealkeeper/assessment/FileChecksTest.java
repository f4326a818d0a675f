package org.sealkeeper.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.assessment.WatchedFile.Kind;
import org.sealkeeper.config.ConfigurationFault;

class FileChecksTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "SECRET, rw-------, right",
        "SECRET, rw-r-----, high",
        "SECRET, rw----r--, high",
        "PRIVATE, rwx------, right",
        "PRIVATE, rwxr-x---, medium",
        "PRIVATE, rwx--x--x, medium",
        "PRIVATE, rwx-w----, high",
        "TRUSTED, rw-r--r--, right",
        "TRUSTED, rw-rw-r--, high",
        "TRUSTED, rw-r--rw-, high"
    })
    void aFileIsForWhomItsKindSays(Kind kind, String mode, String expected) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThat(Judged.by(FileChecks.FILES, List.of(WatchedFile.of(file, kind)), Instant.EPOCH))
                .containsExactly("file-mode " + file + ": " + expected);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> WatchedFile.of(folder.resolve("missing"), Kind.SECRET))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("missing: expected a file here, found none");
    }

    @Test
    void oneUserBesideRootOwnsThem() {
        assertThat(owners("root", "seal", "seal")).containsExactly("file-owner all files: right");
        assertThat(owners("root", "root")).containsExactly("file-owner all files: right");
        assertThat(owners("seal", "alice")).containsExactly("file-owner all files: medium");
    }

    private static List<String> owners(String... names) {
        List<WatchedFile> files = List.of(names).stream()
                .map(name -> new WatchedFile(Path.of("/" + name), Kind.TRUSTED, Set.of(), name))
                .toList();
        return Judged.by(FileChecks.OWNERS, files, Instant.EPOCH);
    }
}
