package org.sealkeeper.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.JavaProcess;

class OwnFolderTest {
    private static final int STARTERS = 4;

    @TempDir
    private Path shared;

    @Test
    void itIsItsProcessesAloneAndGoneAtTheEnd() throws IOException {
        JavaProcess.Result process = process("end");
        assertThat(process.exitCode()).isZero();
        assertThat(process.out()).startsWith("rwx------ " + shared);
        assertThat(folders()).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftTheNextOneDeletes() throws IOException {
        Files.createDirectory(shared.resolve("sealkeeper-1-1"));
        assertThat(process("halt").exitCode()).isEqualTo(9);
        assertThat(folders()).hasSize(2);
        assertThat(process("end").exitCode()).isZero();
        assertThat(folders()).containsExactly("sealkeeper-1-1"); // process 1 is alive
    }

    @Test
    void whatAnotherThatStartsNowDeletedIsNoObstacle() throws Exception {
        var start = new CyclicBarrier(STARTERS);
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 200; i++) {
                Files.createDirectory(shared.resolve("sealkeeper-999999999-" + i)); // no process has that number
            }
            try (var starters = Executors.newFixedThreadPool(STARTERS)) {
                List<Future<Path>> made = Stream.generate(() -> starters.submit(() -> {
                            start.await();
                            return OwnFolder.in(shared);
                        }))
                        .limit(STARTERS)
                        .toList();
                for (Future<Path> folder : made) {
                    assertThat(folder.get()).isDirectory();
                }
            }
        }
        assertThat(folders()).noneMatch(folder -> folder.startsWith("sealkeeper-999999999-"));
    }

    private JavaProcess.Result process(String end) {
        return JavaProcess.run(Map.of(), OwnFolderTest.class.getName(), List.of(shared.toString(), end));
    }

    /** Makes a folder and a file in it, and ends in order or not. */
    public static void main(String[] arguments) throws IOException {
        Path own = OwnFolder.in(Path.of(arguments[0]));
        Files.writeString(Files.createDirectory(own.resolve("cache")).resolve("file"), "content");
        System.out.println(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)) + " " + own);
        if (arguments[1].equals("halt")) {
            Runtime.getRuntime().halt(9);
        }
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> folders = Files.list(shared)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
