package org.sealkeeper.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.DeclaredKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.Provisioning;
import org.sealkeeper.keys.ProvisioningLock;
import org.sealkeeper.store.SqliteStore;
import org.sealkeeper.store.StoreFault;
import org.sealkeeper.testing.FaultyStore;
import org.sealkeeper.testing.TestAppliance;

/** Claim, then sign, then keep, then reply: each step fails in turn, and nothing after it may have happened. */
class BlockSignerTest {
    private static final ChainName CHAIN = new ChainName("lab-a");
    private static final CallerId NODE = new CallerId("urn:sealkeeper:node:node-a");
    private static final BlockRequest GENESIS =
            new BlockRequest(new Height(0), BlockHash.zeros(32), new BlockHash("a".repeat(64)));

    @TempDir
    Path folder;

    private TestAppliance appliance;
    private FaultyStore store;
    private Hsm hsm;
    private BlockSigner signer;

    @BeforeEach
    void provision() {
        appliance = TestAppliance.in(folder);
        appliance.write("chains.yaml", """
                chains:
                  - {name: lab-a, signingKey: lab-a-blocks, hashLength: 32, sequence: contiguous, start: genesis,
                     signers: ["urn:sealkeeper:node:node-a"], readers: []}
                """);
        store = new FaultyStore(SqliteStore.open(appliance.store()));
        hsm = appliance.token().open();
        try (ProvisioningLock lock = ProvisioningLock.take(appliance.store())) {
            new Provisioning(hsm, new KeyCatalogue(store), new SecureRandom(), InstantSource.system(), lock)
                    .apply(new DeclaredKey(
                            new KeyAlias("lab-a-blocks"), KeyPurpose.BLOCK_SIGNING, SigningAlgorithm.ES256));
        }
        signer = signer();
    }

    @AfterEach
    void close() {
        hsm.close();
        store.close();
    }

    @Test
    void withoutADurableClaimTheTokenIsNotAsked() {
        hsm.close(); // so that asking it would show as its own fault
        store.failAfter(0, FaultyStore.Fault.LOST);

        assertThatThrownBy(this::sign).hasCauseInstanceOf(StoreFault.class);
        assertThat(held()).isNull();
    }

    @Test
    void theClaimIsDurableBeforeTheTokenIsAskedAndTheSameStatementIsSignedLater() {
        hsm.close();
        assertThatThrownBy(this::sign).hasCauseInstanceOf(HsmFault.class);

        BlockRecord claim = held();
        assertThat(claim.signature()).isEmpty();
        assertThat(signOther()).isInstanceOf(Refusal.ConflictingBlock.class);

        hsm = appliance.token().open();
        signer = signer();
        var signed = (SigningOutcome.Signed) sign();
        assertThat(signed.block().signedAt()).isEqualTo(claim.statement().signedAtText());
    }

    @Test
    void aSignatureThatWasNotKeptIsNotAnswered() {
        store.failAfter(1, FaultyStore.Fault.LOST);

        assertThatThrownBy(this::sign).hasCauseInstanceOf(StoreFault.class);
        assertThat(held().signature()).isEmpty();
    }

    @Test
    void aSignatureKeptButNeverAnsweredIsTheOneAReplayGets() {
        store.failAfter(1, FaultyStore.Fault.KEPT);
        assertThatThrownBy(this::sign).hasCauseInstanceOf(StoreFault.class);
        String kept = held().signature().orElseThrow().jws();
        store.heal();

        var replayed = (SigningOutcome.Signed) sign();
        assertThat(replayed.replay()).isTrue();
        assertThat(replayed.block().signature()).isEqualTo(kept);
    }

    @Test
    void aClaimKeptButNeverConfirmedStillHoldsItsHeight() {
        store.failAfter(0, FaultyStore.Fault.KEPT);
        assertThatThrownBy(this::sign).hasCauseInstanceOf(StoreFault.class);
        store.heal();

        assertThat(signOther()).isInstanceOf(Refusal.ConflictingBlock.class);
        assertThat(sign()).isInstanceOf(SigningOutcome.Signed.class);
    }

    private SigningOutcome sign() {
        return signer.sign(NODE, CHAIN, GENESIS).toCompletableFuture().join();
    }

    private SigningOutcome signOther() {
        var other = new BlockRequest(new Height(0), BlockHash.zeros(32), new BlockHash("b".repeat(64)));
        return signer.sign(NODE, CHAIN, other).toCompletableFuture().join();
    }

    private BlockRecord held() {
        return store.read(rows -> new BlockTable(rows).block(CHAIN, new Height(0)))
                .orElse(null);
    }

    private BlockSigner signer() {
        KeyRing keys = KeyRing.open(hsm, new KeyCatalogue(store));
        Chains chains = Chains.load(folder.resolve("chains.yaml"), keys, store);
        return new BlockSigner(
                chains, keys, store, InstantSource.system(), new SigningMetrics(new SimpleMeterRegistry()));
    }
}
