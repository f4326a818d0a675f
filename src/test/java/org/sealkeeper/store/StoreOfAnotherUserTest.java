package org.sealkeeper.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.testing.JavaProcess;

/** In a process without privileges, on files that it has no permission for. */
class StoreOfAnotherUserTest {
    /** Root without its capabilities may touch its own files alone; another user has none to give up. */
    private static final List<String> WITHOUT_PRIVILEGES =
            isRoot() ? List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all") : List.of();

    private static final String NO_PERMISSION =
            "StoreFault: %s: the store cannot be opened now: it, its folder and the locks beside it must be writable; it belongs to ";

    @TempDir
    private Path folder;

    private Path store;

    @BeforeEach
    void createStore() throws IOException {
        store = folder.resolve("store/sealkeeper.db");
        Store.create(new StoreLocation.Embedded(store));
        Files.createFile(folder.resolve("store/sealkeeper.db.serving-lock"));
    }

    @AfterEach
    void openAgain() throws IOException {
        permit(folder.resolve("store"), "rwx------");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Another user's, where files may be given away; else of no user. */
    private static void giveAway(Path file, String permissions) throws IOException {
        permit(file, isRoot() ? permissions : "---------");
        if (isRoot()) {
            Files.setAttribute(file, "unix:uid", 65_534);
        }
    }

    private static void permit(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void aStoreInAFolderThatIsClosedIsNotMissing() throws Exception {
        giveAway(store.getParent(), "rwx------");
        assertThat(complaints())
                .hasSize(2)
                .allSatisfy(complaint -> assertThat(complaint)
                        .startsWith(NO_PERMISSION.formatted(store) + "an unknown user, this process runs as ")
                        .doesNotContain("store init"));
    }

    @Test
    void aStoreOfAnotherUserIsNotCalledDamaged() throws Exception {
        giveAway(store, "rw-r--r--");
        giveAway(folder.resolve("store/sealkeeper.db.serving-lock"), "rw-------");
        assertThat(complaints())
                .hasSize(2)
                .allSatisfy(complaint -> assertThat(complaint)
                        .startsWith(NO_PERMISSION.formatted(store)
                                + Files.getOwner(store).getName() + ", this process runs as ")
                        .endsWith("; run this as its owner, or correct the owner"));
    }

    @Test
    void aMissingFolderIsNoLockedStore() throws Exception {
        store = folder.resolve("missing/sealkeeper.db");
        assertThat(complaints())
                .hasSize(2)
                .allSatisfy(complaint -> assertThat(complaint)
                        .startsWith("ConfigurationFault: " + store + ": expected a store, found none. "));
    }

    private List<String> complaints() throws Exception {
        Process process = JavaProcess.startIn(
                WITHOUT_PRIVILEGES, Map.of(), StoreOfAnotherUserTest.class.getName(), List.of(store.toString()));
        return new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
    }

    /** Tries to serve from a store, and to open it. */
    public static void main(String[] arguments) {
        Path store = Path.of(arguments[0]);
        complain(() -> ServingLock.take(new StoreLocation.Embedded(store)).close());
        complain(() -> Store.open(new StoreLocation.Embedded(store)).close());
    }

    private static void complain(Runnable use) {
        try {
            use.run();
        } catch (RuntimeException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
