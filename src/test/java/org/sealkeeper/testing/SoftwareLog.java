package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.EntryBundle;
import org.sealkeeper.merkle.GrowingTiles;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TileId;
import org.sealkeeper.merkle.TreeHash;

/** The files of a log as an appliance publishes them, made with keys of the JDK; the same in every run but for ECDSA. */
public final class SoftwareLog {
    public static final String ORIGIN = "lab-a.example/audit";
    public static final SoftwareNoteKey ECDSA = SoftwareNoteKey.generate(ORIGIN, NoteAlgorithm.ECDSA, 21);
    public static final SoftwareNoteKey ED25519 = SoftwareNoteKey.generate(ORIGIN, NoteAlgorithm.ED25519, 22);
    public static final SoftwareNoteKey WITNESS =
            SoftwareNoteKey.generate("lab-b.example/witness", NoteAlgorithm.COSIGNATURE_V1, 23);
    /** The keys of the log, as the appliance publishes them. */
    public static final String VKEYS = ECDSA.verifier() + "\n" + ED25519.verifier() + "\n";
    /** The same, and the witness, who must have cosigned. */
    public static final String POLICY = "log " + ECDSA.verifier() + "\nlog " + ED25519.verifier() + "\nwitness lab-b "
            + WITNESS.verifier() + "\nquorum lab-b\n";

    private SoftwareLog() {}

    /** The checkpoint, signed by both keys, and by those given. */
    public static Note sign(Checkpoint checkpoint, SoftwareNoteKey... further) {
        String text = checkpoint.text();
        List<NoteSignature> lines = new ArrayList<>(List.of(ECDSA.sign(text), ED25519.sign(text)));
        Stream.of(further).map(key -> key.sign(text)).forEach(lines::add);
        return new Note(text, lines);
    }

    /** All files of a log, and a checkpoint with a cosignature under it. */
    public static Map<String, byte[]> cosigned(List<byte[]> entries) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Checkpoint checkpoint = build(entries, files::put);
        files.put("checkpoint", sign(checkpoint).bytes());
        files.put("cosigned", sign(checkpoint, WITNESS).bytes());
        return files;
    }

    /** All files of a log. */
    public static Map<String, byte[]> files(List<byte[]> entries) {
        Map<String, byte[]> files = cosigned(entries);
        files.remove("cosigned");
        return files;
    }

    /** Gives out the tiles and bundles of a log, one after the other, and what its checkpoint must say. */
    public static Checkpoint build(Iterable<byte[]> entries, BiConsumer<String, byte[]> files) {
        var tiles = new GrowingTiles();
        List<byte[]> bundle = new ArrayList<>();
        for (byte[] entry : entries) {
            tiles.append(TreeHash.ofLeaf(entry), (tile, hashes) -> files.accept(tile.path(), hashes));
            bundle.add(entry);
            if (bundle.size() == TileId.FULL_WIDTH) {
                put(bundle, tiles.size(), files);
            }
        }
        if (!bundle.isEmpty()) {
            put(bundle, tiles.size(), files);
        }
        tiles.partials().forEach(partial -> files.accept(partial.tile().path(), partial.hashes()));
        return new Checkpoint(new Origin(ORIGIN), tiles.size(), tiles.root());
    }

    private static void put(List<byte[]> bundle, long size, BiConsumer<String, byte[]> files) {
        var tile = new TileId(0, (size - 1) / TileId.FULL_WIDTH, bundle.size());
        files.accept(tile.entriesPath(), EntryBundle.encode(bundle));
        bundle.clear();
    }

    /** Writes files into a folder, beside those that are there. */
    public static void write(Path folder, Map<String, byte[]> files) {
        files.forEach((path, bytes) -> write(folder, path, bytes));
    }

    public static void write(Path folder, String path, byte[] bytes) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files of a folder. */
    public static Map<String, byte[]> read(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(file -> folder.relativize(file).toString(), SoftwareLog::bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
