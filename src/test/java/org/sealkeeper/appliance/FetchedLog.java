package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.CompactRange;
import org.sealkeeper.merkle.EntryBundle;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.TileId;
import org.sealkeeper.merkle.TiledTree;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;

/**
 * The whole log of a running appliance, as an auditor fetches it over HTTP.
 *
 * @param tiles by the paths of C2SP tlog-tiles, the entry bundles too
 */
record FetchedLog(String note, List<VerifierKey> keys, Map<String, byte[]> tiles, List<byte[]> entries) {
    private static final String PREFIX = "/v1/audit/";

    /** Fetches whatever the newest checkpoint covers. */
    static FetchedLog by(Caller auditor) {
        String note = ok(auditor, "checkpoint");
        List<VerifierKey> keys =
                ok(auditor, "vkey").lines().map(VerifierKey::parse).toList();
        long size = checkpoint(note).size();
        Map<String, byte[]> tiles = new TreeMap<>();
        List<byte[]> entries = new ArrayList<>();
        for (int level = 0; level * TileId.HEIGHT < Long.SIZE && size >> (level * TileId.HEIGHT) > 0; level++) {
            for (long index = 0; TileId.widthIn(size, level, index) > 0; index++) {
                var tile = new TileId(level, index, TileId.widthIn(size, level, index));
                tiles.put(tile.path(), okBytes(auditor, tile.path()));
                if (level == 0) {
                    byte[] bundle = okBytes(auditor, tile.entriesPath());
                    tiles.put(tile.entriesPath(), bundle);
                    entries.addAll(EntryBundle.decode(bundle));
                }
            }
        }
        return new FetchedLog(note, keys, tiles, entries);
    }

    /** Fetches until a leaf is there; fails after the patience. */
    static FetchedLog having(Caller auditor, Duration patience, Predicate<List<JsonNode>> isThere) {
        long deadline = System.nanoTime() + patience.toNanos();
        FetchedLog log = by(auditor);
        while (!isThere.test(log.leaves())) {
            assertThat(System.nanoTime()).as("found only %s", log.leaves()).isLessThan(deadline);
            pause(100);
            log = by(auditor);
        }
        return log;
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Checkpoint checkpoint() {
        return checkpoint(note);
    }

    /** The leaves, in their order. */
    List<JsonNode> leaves() {
        return entries.stream()
                .map(entry -> Blocks.json(new String(entry, StandardCharsets.UTF_8)))
                .toList();
    }

    /** Holds every hash and signature against every other. */
    FetchedLog verified() {
        Note signed = Note.parse(note.getBytes(StandardCharsets.UTF_8));
        assertThat(keys)
                .extracting(VerifierKey::algorithm)
                .containsExactlyInAnyOrder(NoteAlgorithm.ECDSA, NoteAlgorithm.ED25519);
        assertThat(keys).allMatch(signed::isSignedBy);

        Checkpoint checkpoint = checkpoint();
        assertThat(entries).hasSize((int) checkpoint.size());
        var tree = new TiledTree(checkpoint.size(), tile -> tiles.get(tile.path()));
        assertThat(tree.root()).isEqualTo(checkpoint.root());
        var range = new CompactRange();
        for (int index = 0; index < entries.size(); index++) {
            TreeHash leaf = TreeHash.ofLeaf(entries.get(index));
            assertThat(tree.node(0, index)).isEqualTo(leaf);
            range.append(leaf);
            assertThat(RecordedLeaf.parse(entries.get(index)).members()).isNotEmpty();
        }
        assertThat(range.root()).isEqualTo(checkpoint.root());
        return this;
    }

    /** Writes checkpoint, tiles and bundles under their paths, and the vkey of one algorithm. */
    void writeTo(Path folder, NoteAlgorithm algorithm) throws IOException {
        String vkey = keys.stream()
                .filter(key -> key.algorithm() == algorithm)
                .findFirst()
                .orElseThrow()
                .toString();
        Files.writeString(folder.resolve("vkey"), vkey + "\n");
        Files.writeString(folder.resolve("checkpoint"), note);
        for (Map.Entry<String, byte[]> tile : tiles.entrySet()) {
            Path file = folder.resolve(tile.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, tile.getValue());
        }
    }

    private static Checkpoint checkpoint(String note) {
        return Checkpoint.parse(
                Note.parse(note.getBytes(StandardCharsets.UTF_8)).text());
    }

    private static String ok(Caller caller, String path) {
        return new String(okBytes(caller, path), StandardCharsets.UTF_8);
    }

    private static byte[] okBytes(Caller caller, String path) {
        var answer = caller.bytes(PREFIX + path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }
}
