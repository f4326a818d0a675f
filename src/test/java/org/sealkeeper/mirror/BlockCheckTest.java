package org.sealkeeper.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.merkle.TrustPolicy;
import org.sealkeeper.testing.SoftwareChain;
import org.sealkeeper.testing.SoftwareLeaves;
import org.sealkeeper.testing.SoftwareLog;

/** Each signed block has its leaf, and each leaf of a signed block its block. */
class BlockCheckTest {
    private static final int SIZE = 50;
    private static final FilesInMemory LOG = new FilesInMemory(SoftwareLog.files(new SoftwareLeaves(1).entries(SIZE)));
    private static final List<AuditedBlock> GOOD =
            IntStream.range(0, 10).mapToObj(BlockCheckTest::block).toList();

    @Test
    void blocksAndLeavesThatBelongTogetherAreValidInAnyOrder() {
        assertThat(verify(GOOD)).isInstanceOf(LogVerdict.Valid.class);
        List<AuditedBlock> shuffled = new ArrayList<>(GOOD);
        Collections.reverse(shuffled);
        assertThat(verify(shuffled)).isInstanceOf(LogVerdict.Valid.class);
    }

    @Test
    void blocksNewerThanTheCheckpointAreCountedAndNotJudged() {
        List<AuditedBlock> blocks = new ArrayList<>(GOOD);
        blocks.add(block(10));

        assertThat(verify(blocks)).isInstanceOfSatisfying(LogVerdict.Valid.class, valid -> {
            assertThat(valid.report().remarks()).contains("blocks newer than the checkpoint, not checked: 1");
            assertThat(valid.report().blocks().orElseThrow().blocks()).isEqualTo(10);
        });
    }

    @ParameterizedTest
    @MethodSource
    void aBlockWithoutItsLeafAndALeafWithoutItsBlockAreFound(
            String what, Consumer<List<AuditedBlock>> change, String where, String reason) {
        List<AuditedBlock> blocks = new ArrayList<>(GOOD);
        change.accept(blocks);
        LogVerifierTest.assertInvalid(verify(blocks), where, reason);
    }

    static Stream<Object[]> aBlockWithoutItsLeafAndALeafWithoutItsBlockAreFound() {
        AuditedBlock third = GOOD.get(3);
        return Stream.of(
                change(
                        "leaf without block",
                        blocks -> blocks.remove(3),
                        "leaf 17",
                        "block 3 of chain lab-a was signed"),
                change("newest cut off", List::removeLast, "leaf 47", "not in the export"),
                change("no such leaf", blocks -> blocks.set(3, at(third, 16)), "leaf 16", "expected that block 3"),
                change("a leaf of another", blocks -> blocks.set(3, at(third, 22)), "block 4", "a leaf of its own"),
                change("leaves exchanged", BlockCheckTest::exchange, "leaf 17", "expected that block 4"),
                change("other hash", blocks -> blocks.set(3, otherHash(third)), "leaf 17", "found something else"),
                change("other link", blocks -> blocks.set(3, otherLink(third)), "leaf 17", "found something else"),
                change("other key", blocks -> blocks.set(3, otherKey(third)), "leaf 17", "found something else"));
    }

    private static Object[] change(String what, Consumer<List<AuditedBlock>> change, String where, String reason) {
        return new Object[] {what, change, where, reason};
    }

    private static void exchange(List<AuditedBlock> blocks) {
        blocks.set(3, at(GOOD.get(3), 22));
        blocks.set(4, at(GOOD.get(4), 17));
    }

    private static AuditedBlock block(int height) {
        var statement = SoftwareChain.statements(SoftwareLeaves.CHAIN, height).getFirst();
        return new AuditedBlock(
                height * 5L + 2,
                statement.chain(),
                statement.height(),
                statement.previousHash(),
                statement.blockHash(),
                SoftwareLeaves.KEY.verificationKey().keyId());
    }

    private static AuditedBlock at(AuditedBlock block, long index) {
        return new AuditedBlock(
                index, block.chain(), block.height(), block.previousHash(), block.blockHash(), block.keyId());
    }

    private static AuditedBlock otherHash(AuditedBlock block) {
        var hash = SoftwareChain.hash("fork", 3);
        return new AuditedBlock(
                block.auditIndex(), block.chain(), block.height(), block.previousHash(), hash, block.keyId());
    }

    private static AuditedBlock otherLink(AuditedBlock block) {
        var link = SoftwareChain.hash("fork", 2);
        return new AuditedBlock(
                block.auditIndex(), block.chain(), block.height(), link, block.blockHash(), block.keyId());
    }

    private static AuditedBlock otherKey(AuditedBlock block) {
        return new AuditedBlock(
                block.auditIndex(),
                block.chain(),
                block.height(),
                block.previousHash(),
                block.blockHash(),
                new KeyId("A".repeat(43)));
    }

    private static LogVerdict verify(List<AuditedBlock> blocks) {
        var check = new BlockCheck(new ChainName(SoftwareLeaves.CHAIN));
        blocks.forEach(check::add);
        var judge = new CheckpointJudge(TrustPolicy.ofLogKeys(SoftwareLog.VKEYS));
        return new LogVerifier(judge, LOG, (done, total) -> {}).verify(Optional.empty(), Optional.of(check));
    }
}
