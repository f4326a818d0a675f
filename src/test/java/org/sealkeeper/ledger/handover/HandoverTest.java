package org.sealkeeper.ledger.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.testing.SoftwareChain;

/** A chain goes from one appliance to another and back: at no time is it open at both. */
class HandoverTest {
    private static final String CHAIN = "lab-a";

    @TempDir
    Path folder;

    private SignedStore here;
    private SignedStore there;

    @BeforeEach
    void open() {
        here = SignedStore.in(folder, "lab-a.example/audit");
        there = SignedStore.in(folder, "lab-b.example/audit");
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void aChainThatIsClosedHereGoesOnThereAboveItsHead() {
        here.sign(blocks(0, 1, 2));
        HandoverFile file = here.export(there, CHAIN);

        assertThat(here.isClosed(CHAIN)).isTrue();
        assertThat(there.open(file).chains())
                .containsExactly(new Opening.Opened(file.statements().getFirst(), true));
        assertThat(there.head(CHAIN)).contains(SignedStore.head(2, hash(2)));
        assertThat(there.isClosed(CHAIN)).isFalse();

        there.sign(blocks(3));
        assertThat(there.open(file).chains().getFirst().isNew()).isFalse();
        assertThat(there.head(CHAIN)).contains(SignedStore.head(3, hash(3)));
    }

    @Test
    void anotherExportOfAClosedChainMakesTheSameClaims() {
        here.sign(blocks(0, 1));
        HandoverFile first = here.export(there, CHAIN);
        assertThat(here.export(there, CHAIN).entries()).isEqualTo(first.entries());
    }

    /** Of those that share a database, one has the leaf in its log. */
    @Test
    void aChainThatAnotherApplianceOfTheDatabaseClosedIsExportedByThat() {
        here.sign(blocks(0));
        here.export(there, CHAIN);
        int _ = here.store.commit(rows -> rows.update("UPDATE chain_handover SET appliance = 'b'"));
        assertThat(reason(here.close(there, CHAIN))).contains("another appliance of the database closed it");
    }

    @Test
    void aChainIsClosedForOneAppliance() {
        here.sign(blocks(0));
        here.export(there, CHAIN);
        try (SignedStore third = SignedStore.in(folder, "lab-c.example/audit")) {
            assertThat(reason(here.close(third, CHAIN)))
                    .isEqualTo(
                            "chain lab-a: it was handed over to the appliance of the log lab-b.example/audit, and comes back"
                                    + " with a file of the appliance that has it now, by 'guard import'");
        }
    }

    @Test
    void nothingIsClosedWhileAClaimHasNoSignature() {
        here.sign(SoftwareChain.statements("lab-b", 0));
        here.sign(blocks(0));
        here.claim(blocks(1).getFirst(), false);

        assertThat(reason(here.close(there, "lab-b", CHAIN)))
                .startsWith(
                        "chain lab-a: height 1 is claimed and has no signature yet. Send that block again, or start");
        assertThat(here.isClosed("lab-b")).isFalse();
        assertThat(here.isClosed(CHAIN)).isFalse();
        assertThat(reason(here.close(there, "lab-z"))).startsWith("chain lab-z: nothing was ever signed on it");
    }

    @Test
    void aChainComesBackWithAFileOfTheApplianceThatHasItAndWithNoOther() {
        here.sign(blocks(0, 1));
        HandoverFile first = here.export(there, CHAIN);
        assertThat(reason(here.open(first)))
                .isEqualTo("chain lab-a: the file is of its handover 1, and this store knows of handover 1 to"
                        + " lab-b.example/audit: the file of a later one is needed");
        there.open(first);
        HandoverFile back = there.export(here, CHAIN);
        assertThat(reason(there.open(first))).contains("this store knows of handover 2 to lab-a.example/audit");

        here.open(back);
        assertThat(here.isClosed(CHAIN)).isFalse();
        assertThat(there.isClosed(CHAIN)).isTrue();
        HandoverFile again = here.export(there, CHAIN);
        assertThat(again.statements().getFirst().previousHash()).contains(hash(0));
        assertThat(again.statements().getFirst().number()).isEqualTo(3);
        assertThat(reason(here.open(back))).contains("of its handover 2, and this store knows of handover 3");
    }

    @Test
    void whatContradictsTheStoreIsRefusedNamingBoth() {
        here.sign(blocks(0, 1, 2));
        HandoverFile file = here.export(there, CHAIN);

        there.sign(List.of(new BlockStatement(
                new ChainName(CHAIN), new Height(1), BlockHash.zeros(32), hash(9), SignedStore.NOW)));
        assertThat(reason(there.open(file)))
                .isEqualTo("chain lab-a: the file links to " + hash(1) + " at height 1, where this store has " + hash(9)
                        + ". Two blocks of one height were signed: do not go on, and find out how");
        there.sign(List.of(new BlockStatement(new ChainName(CHAIN), new Height(2), hash(9), hash(8), SignedStore.NOW)));
        assertThat(reason(there.open(file)))
                .startsWith("chain lab-a: the file says that its highest block is " + hash(2)
                        + " at height 2, this store " + hash(8) + " at height 2. Two blocks");
        there.sign(List.of(new BlockStatement(new ChainName(CHAIN), new Height(3), hash(8), hash(7), SignedStore.NOW)));
        assertThat(reason(there.open(file))).endsWith(hash(7) + " at height 3: the file is older");
        assertThat(there.head(CHAIN)).contains(SignedStore.head(3, hash(7)));
    }

    @Test
    void aClaimWithoutASignatureIsInTheWayAtOrAboveTheHeadAndGivenUpBelow() {
        here.sign(blocks(0, 1));
        HandoverFile file = here.export(there, CHAIN);
        there.sign(blocks(0));
        there.claim(blocks(1).getFirst(), false);
        assertThat(reason(there.open(file)))
                .isEqualTo(
                        "chain lab-a: the file says that it was signed up to height 1, and in this store height 1 is claimed"
                                + " and has no signature");

        try (SignedStore third = SignedStore.in(folder, "lab-c.example/audit")) {
            third.claim(blocks(0).getFirst(), false);
            third.open(file);
            assertThat(third.unsigned()).isEmpty();
            assertThat(third.head(CHAIN)).contains(SignedStore.head(1, hash(1)));
        }
    }

    @Test
    void allChainsOfAFileAreOpenedOrNone() {
        here.sign(blocks(0, 1));
        here.sign(SoftwareChain.statements("lab-b", 0));
        HandoverFile file = here.export(there, "lab-b", CHAIN);
        there.sign(blocks(0, 1, 2));

        assertThat(there.open(file)).isInstanceOf(HandoverOutcome.Refused.class);
        assertThat(there.head("lab-b")).isEqualTo(Optional.empty());
    }

    /** Such as one whose head was brought back after a rollback. */
    @Test
    void aClosedChainWhoseHeadRoseIsClosedAnew() {
        here.sign(blocks(0));
        HandoverFile first = here.export(there, CHAIN);
        here.sign(blocks(1));
        HandoverFile second = here.export(there, CHAIN);
        assertThat(second.statements().getFirst().head()).isEqualTo(SignedStore.head(1, hash(1)));
        assertThat(second.statements().getFirst().number()).isEqualTo(2);
        there.open(second);
        assertThat(reason(there.open(first))).contains("knows of handover 2 from lab-a.example/audit");
    }

    private static String reason(HandoverOutcome<?> outcome) {
        return ((HandoverOutcome.Refused<?>) outcome).reason();
    }

    private static List<BlockStatement> blocks(long... heights) {
        return SoftwareChain.statements(CHAIN, heights);
    }

    private static BlockHash hash(long height) {
        return SoftwareChain.hash(CHAIN, height);
    }
}
