package org.sealkeeper.bench;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.KeyVersion;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.ChainTops;
import org.sealkeeper.ledger.KeptSignature;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.SoftwareKey;
import org.sealkeeper.verify.CompactJws;
import org.sealkeeper.verify.JwsHeader;

/**
 * The store without a token and without HTTP: for each block a claim with its leaf, then a signature with its leaf, each durable before the next, as
 * the appliance has them; a chain after the other has one block under way. The signatures are zeros.
 */
final class StoreLoad implements InTurns.Candidate {
    private static final SigningAlgorithm ALGORITHM = SigningAlgorithm.ES256;
    private static final KeyVersion KEY = new KeyVersion(
            new KeyAlias("lab-a-blocks"),
            1,
            SoftwareKey.generate(ALGORITHM, 11).verificationKey().keyId());
    private static final Caller NODE = Caller.of(new CallerId("urn:sealkeeper:node:node-a"));

    private final String what;
    private final Store store;
    private final List<Lane> lanes;
    private volatile boolean stopped;

    StoreLoad(String what, Store store, int chains) {
        this.what = what;
        this.store = store;
        this.lanes = IntStream.range(0, chains).mapToObj(Lane::new).toList();
    }

    @Override
    public String what() {
        return what;
    }

    @Override
    public Measured measure(int seconds) throws InterruptedException {
        stopped = false;
        var ended = new CountDownLatch(lanes.size());
        lanes.forEach(lane -> lane.samples.clear());
        ProcessUse start = ProcessUse.of(ProcessHandle.current().pid());
        long began = System.nanoTime();
        lanes.forEach(lane -> lane.next(ended));
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
        stopped = true;
        ended.await();
        double elapsed = (System.nanoTime() - began) / 1e9;
        ProcessUse end = ProcessUse.of(ProcessHandle.current().pid());
        long[] all = lanes.stream()
                .flatMapToLong(lane -> LongStream.of(lane.samples.toArray()))
                .toArray();
        return Bench.progress(Measured.of(what, all, elapsed, end.coresSince(start, elapsed), end.rssMiB()));
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Lane {
        private final ChainName chain;
        private final Samples samples = new Samples();
        private long height;

        Lane(int number) {
            this.chain = new ChainName("bench-" + number);
        }

        void next(CountDownLatch ended) {
            if (stopped) {
                ended.countDown();
                return;
            }
            long began = System.nanoTime();
            var block = new BlockStatement(
                    chain,
                    new Height(height),
                    new BlockHash(Blocks.hash(chain.value(), height - 1)),
                    new BlockHash(Blocks.hash(chain.value(), height)),
                    Instant.ofEpochMilli(System.currentTimeMillis()));
            var _ = claimAndKeep(block).whenComplete((_, failure) -> {
                if (failure != null) {
                    throw new IllegalStateException(failure);
                }
                samples.add(System.nanoTime() - began);
                height++;
                next(ended);
            });
        }

        private CompletionStage<Long> claimAndKeep(BlockStatement block) {
            Leaf leaf = leaf(block);
            return store.write(rows -> {
                        ChainTops tops = ChainTops.of(rows);
                        Optional<?> _ = tops.head(chain);
                        tops.claim(new BlockRecord(block, NODE.name(), Optional.empty()));
                        return append(rows, leaf.ending(Outcome.BEGUN, Optional.empty(), OptionalLong.empty()));
                    })
                    .thenCompose(begun -> store.write(rows -> {
                        long index = append(rows, leaf.ending(Outcome.DONE, Optional.empty(), OptionalLong.of(begun)));
                        ChainTops.of(rows)
                                .keepSignature(
                                        chain, block.height(), signature(block).recordedAt(index));
                        return index;
                    }));
        }
    }

    private static long append(Rows rows, Leaf leaf) throws SQLException {
        return new Leaves(rows).append(leaf);
    }

    private static Leaf leaf(BlockStatement block) {
        var subject = new Subject.Block(block.chain(), block.height(), block.previousHash(), block.blockHash());
        return Leaf.done(block.signedAt(), Operation.SIGN_BLOCK, new Actor.Identified(NODE), subject, "grants/nodes")
                .in(new RequestId("01234567-89ab-cdef-0123-456789abcdef"))
                .with(KEY);
    }

    private static KeptSignature signature(BlockStatement block) {
        byte[] input = CompactJws.signingInput(
                new JwsHeader(ALGORITHM, KEY.keyId(), BlockStatement.TYPE), block.canonicalJson());
        return KeptSignature.unrecorded(
                KEY.keyId(), ALGORITHM, CompactJws.assemble(input, new byte[64]), Optional.empty());
    }
}
