package org.sealkeeper.ledger.handover;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.ChainTops;
import org.sealkeeper.ledger.Handover;
import org.sealkeeper.ledger.HandoverTable;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.ledger.KeptSignature;
import org.sealkeeper.ledger.Sequence;
import org.sealkeeper.ledger.handover.Closing.Closed;
import org.sealkeeper.ledger.handover.Opening.Opened;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.LeafTree;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.SoftwareNoteKey;

/** The store of an appliance whose log a key of the JDK signs: the same in every run. */
final class SignedStore implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-05T09:00:00.000Z");

    final Origin log;
    final Store store;
    private final SoftwareNoteKey key;

    private SignedStore(Origin log, Store store) {
        this.log = log;
        this.store = store;
        this.key = SoftwareNoteKey.generate(log.value(), NoteAlgorithm.ED25519, 31);
    }

    static SignedStore in(Path folder, String log) {
        return in(new StoreLocation.Embedded(folder.resolve(log.replace('/', '-') + ".db")), log);
    }

    static SignedStore in(StoreLocation location, String log) {
        Store.create(location);
        return new SignedStore(new Origin(log), Store.open(location));
    }

    /** Blocks as {@link org.sealkeeper.testing.SoftwareChain} has them. */
    void sign(List<BlockStatement> blocks) {
        blocks.forEach(block -> claim(block, true));
    }

    void claim(BlockStatement block, boolean isSigned) {
        boolean _ = store.commit(rows -> {
            ChainTops tops = ChainTops.of(rows);
            tops.claim(new BlockRecord(block, "node-a", Optional.empty()));
            if (isSigned) {
                var signature = new KeptSignature(
                        new KeyId("k".repeat(43)),
                        SigningAlgorithm.ES256,
                        "e30..AA",
                        Optional.empty(),
                        OptionalLong.of(block.height().value()),
                        Optional.empty());
                tops.keepSignature(block.chain(), block.height(), signature);
            }
            return isSigned;
        });
    }

    HandoverOutcome<Closed> close(SignedStore to, String... chains) {
        Map<ChainName, Sequence> wanted = new LinkedHashMap<>();
        for (String chain : chains) {
            wanted.put(new ChainName(chain), Sequence.CONTIGUOUS);
        }
        return store.commit(new Closing(wanted, to.log, NOW)::close);
    }

    /** Closes chains, and makes the file of it. */
    HandoverFile export(SignedStore to, String... chains) {
        return file(close(to, chains).chains());
    }

    private HandoverFile file(List<Closed> closed) {
        List<byte[]> leaves =
                store.read(rows -> rows.list("SELECT entry FROM audit_leaf ORDER BY idx", row -> row.getBytes(1)));
        var tree = new LeafTree(leaves.stream().map(TreeHash::ofLeaf).toList());
        List<HandoverFile.Entry> entries = new ArrayList<>();
        for (Closed chain : closed) {
            int index = Math.toIntExact(chain.leaf());
            entries.add(new HandoverFile.Entry(
                    new String(leaves.get(index), UTF_8),
                    index,
                    tree.proof(index).hashes()));
        }
        String text = new Checkpoint(log, tree.size(), tree.root()).text();
        return new HandoverFile(entries, new Note(text, List.of(key.sign(text))));
    }

    HandoverOutcome<Opened> open(HandoverFile file) {
        return open(file.statements(), file.log().origin());
    }

    HandoverOutcome<Opened> open(List<HandoverStatement> statements, Origin from) {
        return store.commit(new Opening(statements, from, NOW)::open);
    }

    /** Height and hash of the head; empty where nothing was claimed. */
    Optional<Head> head(String chain) {
        return store.read(rows -> new BlockTable(rows).head(new ChainName(chain)));
    }

    boolean isClosed(String chain) {
        return store.read(rows -> new HandoverTable(rows).last(new ChainName(chain)))
                .filter(Handover::isAway)
                .isPresent();
    }

    List<Height> unsigned() {
        return store.read(rows -> new BlockTable(rows).unsigned()).stream()
                .map(claim -> claim.statement().height())
                .toList();
    }

    String verifier() {
        return key.verifier().toString();
    }

    static Head head(long height, BlockHash hash) {
        return new Head(new Height(height), hash);
    }

    @Override
    public void close() {
        store.close();
    }
}
