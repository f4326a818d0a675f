package org.sealkeeper.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.testing.SoftwareLeaves;
import org.sealkeeper.testing.SoftwareLog;

/** A folder is read as a log, with nothing too long and nothing too much in it. */
class FolderSourceTest {
    private static final LogShape SHAPE = new LogShape(300);
    private static final Map<String, byte[]> LOG = SoftwareLog.cosigned(new SoftwareLeaves(1).entries(300));

    @TempDir
    Path folder;

    @BeforeEach
    void write() {
        SoftwareLog.write(folder, LOG);
    }

    @Test
    void theFilesOfTheLogAndTheAuditorsOwnAreNotStray() {
        SoftwareLog.write(folder, FolderSource.SEEN, new byte[1]);
        SoftwareLog.write(folder, FolderSource.REJECTED, new byte[1]);
        assertThat(new FolderSource(folder).stray(SHAPE)).isEmpty();
        SoftwareLog.write(folder, "mine", new byte[1]);
        assertThat(new FolderSource(folder).stray(SHAPE)).hasValue("mine");
        assertThat(new FolderSource(folder, Set.of(folder.resolve("mine"))).stray(SHAPE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/002",
                "tile/0/001",
                "tile/0/001.p/43",
                "tile/0/001.p/45",
                "tile/1/000",
                "tile/2/000.p/1",
                "tile/00/000",
                "tile/+0/000",
                "tile/0/0000",
                "tile/0/x000/000",
                "tile/entries/002.p/1",
                "tile/data/000",
                "tile/README",
                ".draft-1",
                "index.html"
            })
    void everyOtherFileIsStray(String path) {
        SoftwareLog.write(folder, path, new byte[1]);
        assertThat(new FolderSource(folder).stray(SHAPE)).hasValue(path);
    }

    @Test
    void aFileThatIsTooLongIsNotReadToItsEnd() {
        SoftwareLog.write(folder, "checkpoint", new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> new FolderSource(folder).find(LogFile.CHECKPOINT))
                .isInstanceOf(InvalidLog.class)
                .hasMessage("checkpoint: expected at most 1048576 bytes, found more");
    }
}
