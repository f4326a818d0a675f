package org.sealkeeper.appliance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.sealkeeper.testing.FolderTree;
import org.sealkeeper.testing.Home;

/**
 * Store and token of one moment, as a restored snapshot of a machine brings them back. Nothing may run meanwhile.
 *
 * @param home whose they are
 * @param kept where they are kept
 */
record Snapshot(Home home, Path kept) {
    private static final List<String> PARTS = List.of("store", "tokens");

    static Snapshot of(Home home, Path kept) throws IOException {
        for (String part : PARTS) {
            new FolderTree(home.folder().resolve(part)).copy(kept.resolve(part));
        }
        return new Snapshot(home, kept);
    }

    void restore() throws IOException {
        for (String part : PARTS) {
            var lost = new FolderTree(home.folder().resolve(part));
            lost.delete();
            new FolderTree(kept.resolve(part)).copy(lost.root());
        }
    }
}
