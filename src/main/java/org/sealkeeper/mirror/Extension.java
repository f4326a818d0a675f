package org.sealkeeper.mirror;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.GrowingTiles;
import org.sealkeeper.merkle.TileId;
import org.sealkeeper.merkle.TiledTree;
import org.sealkeeper.merkle.TreeHash;

/** The files between the mirrored checkpoint and a newer one: fetched, and proven to be what the newer one commits to. */
final class Extension {
    private final LogSource server;
    private final Mirror mirror;
    private final Optional<Checkpoint> kept;
    private final Checkpoint fresh;
    private final Progress progress;
    private final LogShape keptShape;
    private long files;
    private long bytes;
    private long reused;

    Extension(LogSource server, Mirror mirror, Optional<Checkpoint> kept, Checkpoint fresh, Progress progress) {
        this.server = server;
        this.mirror = mirror;
        this.kept = kept;
        this.fresh = fresh;
        this.progress = progress;
        this.keptShape = new LogShape(kept.map(Checkpoint::size).orElse(0L));
    }

    /** The server signed two logs, or one that is not its own. */
    static final class Contradiction extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Contradiction(String reason) {
            super(reason);
        }
    }

    /** How many files were downloaded. */
    long files() {
        return files;
    }

    /** How many bytes they have. */
    long bytes() {
        return bytes;
    }

    /**
     * Leaves all files of the newer log in the mirror, beside those of the older one.
     *
     * @throws Contradiction if the newer log is not the older one, grown
     * @throws InvalidLog if the server's files, or the mirror's, do not belong together
     */
    void run() {
        kept.ifPresent(this::expectGrowth);
        if (kept.isPresent() && kept.get().size() == fresh.size()) {
            return;
        }
        try {
            rebuild(true);
        } catch (Contradiction | InvalidLog e) {
            // Files of an earlier, interrupted run may be of another log: they are no evidence against this one.
            if (reused == 0) {
                throw e;
            }
            rebuild(false);
        }
    }

    private void expectGrowth(Checkpoint old) {
        if (!old.origin().equals(fresh.origin())) {
            throw new InvalidLog(LogFile.CHECKPOINT.path(), "expected the mirrored log, found that of another name");
        }
        if (fresh.size() < old.size()) {
            throw new Contradiction("the server's log was rolled back: expected at least " + old.size()
                    + " leaves, found " + fresh.size());
        }
        if (fresh.size() == old.size() && !fresh.root().equals(old.root())) {
            throw new Contradiction(
                    "the server's log was forked: its " + old.size() + " leaves are not the mirrored ones");
        }
        var log = new LogReader(mirror.source(), old.size());
        if (!log.tree().root().equals(old.root())) {
            throw new InvalidLog(
                    LogFile.CHECKPOINT.path(),
                    "expected the mirror's tiles to give the root of its checkpoint, found another: the mirror is damaged,"
                            + " fetch into a new folder");
        }
    }

    private void rebuild(boolean reuse) {
        // Up to here all bundles are full: the mirror has them, and nothing about them is asked again.
        long start = keptShape.size() - keptShape.size() % TileId.FULL_WIDTH;
        var old = new LogReader(mirror.source(), keptShape.size());
        var tiles = new TileCheck(reuse);
        var tree = new RebuiltTree(
                GrowingTiles.of(new TiledTree(start, old)), List.of(keptShape.size(), fresh.size()), tiles);
        var shape = new LogShape(fresh.size());
        for (long bundle = start / TileId.FULL_WIDTH; bundle < shape.bundles(); bundle++) {
            TileId tile = shape.leafTile(bundle);
            LogReader.entries(tile, obtain(LogFile.entries(tile), reuse)).forEach(tree::append);
            progress.at(bundle * TileId.FULL_WIDTH + tile.width(), fresh.size());
        }
        tree.end();
        expectRoots(tree);
        tiles.firstWrong.ifPresent(wrong -> {
            throw wrong;
        });
    }

    private void expectRoots(RebuiltTree tree) {
        if (kept.isPresent() && !tree.rootAt(keptShape.size()).equals(kept.get().root())) {
            throw new Contradiction(
                    "the server's log was forked: its first " + keptShape.size() + " leaves are not the mirrored ones");
        }
        TreeHash found = tree.rootAt(fresh.size());
        if (!found.equals(fresh.root())) {
            throw new Contradiction(
                    kept.isPresent()
                            ? "the server's log was forked: its checkpoint of " + fresh.size()
                                    + " leaves does not extend the mirrored one of " + keptShape.size()
                            : "the server's leaves do not give the root of its checkpoint: expected " + fresh.root()
                                    + ", found " + found);
        }
    }

    private byte[] obtain(LogFile file, boolean reuse) {
        boolean isKept = keptShape.has(file.path());
        if (reuse || isKept) {
            Optional<byte[]> present = mirror.find(file);
            if (present.isPresent()) {
                reused += isKept ? 0 : 1;
                return present.get();
            }
        }
        byte[] downloaded = server.read(file);
        files++;
        bytes += downloaded.length;
        mirror.write(file.path(), downloaded);
        return downloaded;
    }

    /** Compares the server's tiles with the leaves; a wrong one waits, since a fork shows there first and must be reported as one. */
    private final class TileCheck implements GrowingTiles.FullTiles {
        private final boolean reuse;
        private Optional<InvalidLog> firstWrong = Optional.empty();

        TileCheck(boolean reuse) {
            this.reuse = reuse;
        }

        @Override
        public void add(TileId tile, byte[] hashes) {
            if (!Arrays.equals(obtain(LogFile.tile(tile), reuse), hashes) && firstWrong.isEmpty()) {
                firstWrong = Optional.of(new InvalidLog(
                        tile.path(), "expected the hashes of the leaves below it, found others on the server"));
            }
        }
    }
}
