package org.sealkeeper.ledger.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.ConfigurationFault;
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
import org.sealkeeper.ledger.Head;
import org.sealkeeper.ledger.KeptSignature;
import org.sealkeeper.rollback.RememberedHead;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.SoftwareChain;
import org.sealkeeper.testing.SoftwareKey;
import org.sealkeeper.verify.TrustedKeys;

/** What becomes of the heads and claims of a store that was brought back, by what is known from elsewhere. */
class HeadRecoveryTest {
    private static final ChainName CHAIN = new ChainName("lab-a");

    @TempDir
    Path folder;

    private final SoftwareKey key = SoftwareKey.generate(SigningAlgorithm.ES256, 1);
    private Store store;

    @BeforeEach
    void openStore() {
        Path file = folder.resolve("sealkeeper.db");
        Store.create(new StoreLocation.Embedded(file));
        store = Store.open(new StoreLocation.Embedded(file));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void aHeadIsRaisedToTheHigherOfEvidenceAndTokenAndNeverLowered() throws IOException {
        claim(0, true);
        raise(recovery(remembered(4, hash(4))), 2);
        assertThat(head()).isEqualTo(new Head(new Height(4), hash(4)));

        raise(recovery(remembered(1, hash(1))), 3);
        assertThat(head()).isEqualTo(new Head(new Height(4), hash(4)));
    }

    /** Another block of its height may have been signed in what was lost: this one must not be signed at the next start. */
    @Test
    void aClaimWithoutASignatureBelowARaisedHeadIsGivenUp() throws IOException {
        claim(0, true);
        claim(1, false);
        raise(recovery(new TreeMap<>()), 2);
        assertThat(unsigned()).isEmpty();
        assertThat(head()).isEqualTo(new Head(new Height(2), hash(2)));
    }

    @Test
    void aClaimThatContradictsWhatWasSignedElsewhereIsGivenUp() throws IOException {
        claim(0, true);
        claim(1, false);
        BlockHash other = hash(9);
        raise(recovery(remembered(1, other)), 0);
        assertThat(unsigned()).isEmpty();
        assertThat(head()).isEqualTo(new Head(new Height(1), other));
    }

    @Test
    void theClaimThatTheTokenRemembersIsStillToBeSigned() throws IOException {
        claim(0, true);
        claim(1, false);
        raise(recovery(remembered(1, hash(1))), 0);
        assertThat(unsigned()).extracting(claim -> claim.statement().height()).containsExactly(new Height(1));
    }

    @Test
    void aClaimOfWhichTheTokenRemembersARivalAsWellIsGivenUp() throws IOException {
        claim(0, true);
        claim(1, false);
        SortedMap<ChainName, Set<RememberedHead>> both = remembered(1, hash(1));
        both.put(CHAIN, Set.of(new RememberedHead(new Height(1), hash(1)), new RememberedHead(new Height(1), hash(9))));
        raise(recovery(both), 0);
        assertThat(unsigned()).isEmpty();
    }

    @Test
    void aSignedBlockThatContradictsTheTokenIsNotPassedOver() {
        claim(0, true);
        HeadRecovery recovery = recovery(remembered(0, hash(9)));
        assertThatThrownBy(() -> raise(recovery, 0))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("Two blocks of one height were signed");
    }

    @Test
    void aBlockThatWasSignedInABatchIsEvidenceToo() throws IOException {
        claim(0, true);
        HeadRecovery recovery = recovery(new TreeMap<>());
        String line = SoftwareChain.batch(key, SoftwareChain.statements(CHAIN.value(), 1, 2, 3))
                .getLast();
        recovery.read("evidence", new ByteArrayInputStream(line.getBytes(UTF_8)));
        var _ = store.commit(rows -> recovery.raise(rows, Instant.EPOCH));
        assertThat(head()).isEqualTo(new Head(new Height(3), hash(3)));
    }

    private HeadRecovery recovery(SortedMap<ChainName, Set<RememberedHead>> remembered) {
        return new HeadRecovery(new TrustedKeys(List.of(key.verificationKey())), remembered);
    }

    private void raise(HeadRecovery recovery, long evidence) throws IOException {
        String line = SoftwareChain.line(
                        key, SoftwareChain.statements(CHAIN.value(), evidence).getFirst())
                + "\n";
        recovery.read("evidence", new ByteArrayInputStream(line.getBytes(UTF_8)));
        var _ = store.read(rows -> {
            recovery.check(rows);
            return recovery;
        });
        var _ = store.commit(rows -> recovery.raise(rows, Instant.EPOCH));
    }

    private void claim(long height, boolean isSigned) {
        BlockStatement statement =
                SoftwareChain.statements(CHAIN.value(), height).getFirst();
        boolean _ = store.commit(rows -> {
            ChainTops tops = ChainTops.of(rows);
            tops.claim(new BlockRecord(statement, "node-a", Optional.empty()));
            if (isSigned) {
                var signature = new KeptSignature(
                        new KeyId("k".repeat(43)),
                        SigningAlgorithm.ES256,
                        "e30..AA",
                        Optional.empty(),
                        OptionalLong.of(height),
                        Optional.empty());
                tops.keepSignature(CHAIN, statement.height(), signature);
            }
            return isSigned;
        });
    }

    private Head head() {
        return store.read(rows -> new BlockTable(rows).head(CHAIN).orElseThrow());
    }

    private List<BlockRecord> unsigned() {
        return store.read(rows -> new BlockTable(rows).unsigned());
    }

    private static BlockHash hash(long height) {
        return SoftwareChain.hash(CHAIN.value(), height);
    }

    private static SortedMap<ChainName, Set<RememberedHead>> remembered(long height, BlockHash hash) {
        var heads = new TreeMap<ChainName, Set<RememberedHead>>();
        heads.put(CHAIN, Set.of(new RememberedHead(new Height(height), hash)));
        return heads;
    }
}
