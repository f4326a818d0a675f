package org.sealkeeper.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.failedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.KeyVersion;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.gate.KeyUse.SignBatch;
import org.sealkeeper.gate.KeyUse.SignBlock;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.DataKeys;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.provisioning.ChangeControl;
import org.sealkeeper.keys.provisioning.ChangePermit;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreFault;
import org.sealkeeper.testing.FaultyStore;
import org.sealkeeper.testing.TestLog;

/** A feature that breaks the rules: it uses a key without a record, twice or for something else, or records no end. */
class GateTest {
    private static final byte[] MESSAGE = "message".getBytes(UTF_8);

    @TempDir
    Path folder;

    private TestLog appliance;
    private Store real;
    private FaultyStore store;
    private AuditLog audit;
    private Gate gate;
    private CataloguedKey key;
    private CataloguedKey other;
    private final Ending<byte[], byte[]> honest = new Honest();

    @BeforeEach
    void open() {
        appliance = TestLog.in(folder);
        real = appliance.openStore();
        store = new FaultyStore(real);
        provision("lab-a-blocks");
        provision("lab-b-blocks");
        audit = appliance.open(real);
        KeyRing keys = KeyRing.open(
                Tokens.of(appliance.hsm()),
                KeyCatalogue.open(real, List.of(appliance.hsm().label())));
        gate = new Gate(keys, new DataKeys(Tokens.of(appliance.hsm())), store, audit, () -> {});
        key = keys.activeKey(new KeyAlias("lab-a-blocks"), KeyPurpose.BLOCK_SIGNING)
                .orElseThrow()
                .pairs()
                .getFirst();
        other = keys.activeKey(new KeyAlias("lab-b-blocks"), KeyPurpose.BLOCK_SIGNING)
                .orElseThrow()
                .pairs()
                .getFirst();
    }

    private void provision(String alias) {
        try (ProvisioningLock lock = ProvisioningLock.take(new StoreLocation.Embedded(appliance.file()))) {
            var provisioning = new Provisioning(
                    Tokens.of(appliance.hsm()),
                    KeyCatalogue.open(real, List.of(appliance.hsm().label())),
                    new SecureRandom(),
                    InstantSource.system(),
                    new ChangePermit(lock, ChangeControl.ofOperator()));
            provisioning.apply(
                    new DeclaredKey(new KeyAlias(alias), KeyPurpose.BLOCK_SIGNING, SigningAlgorithm.ES256),
                    appliance.hsm());
        }
    }

    @AfterEach
    void close() {
        audit.close();
        real.close();
        appliance.close();
    }

    @Test
    void whatIsBegunIsSignedAndItsOutcomeNamesIt() {
        assertThat(carryOut(begin(), this::sign, honest)).isNotEmpty();
        assertThat(recorded()).containsExactly("begun", "done");
    }

    @Test
    void onlyTheGateMakesAnIntent() {
        for (Constructor<?> constructor : Intent.class.getDeclaredConstructors()) {
            assertThat(constructor.getModifiers()
                            & (java.lang.reflect.Modifier.PUBLIC | java.lang.reflect.Modifier.PROTECTED))
                    .isZero();
        }
    }

    @Test
    void thereIsNoIntentWhereItsTransactionIsLost() {
        store.failAfter(0, FaultyStore.Fault.LOST);
        assertThatThrownBy(this::begin).hasCauseInstanceOf(StoreFault.class);
        assertThat(recorded()).isEmpty();
    }

    @Test
    void thereIsNoIntentWhereItIsUnknownWhetherItsTransactionIsLost() {
        store.failAfter(0, FaultyStore.Fault.KEPT);
        assertThatThrownBy(this::begin).hasCauseInstanceOf(StoreFault.class);
        assertThat(recorded()).containsExactly("begun");
    }

    @Test
    void aLeafOfSomethingElseBeginsNothing() {
        Leaf done = leaf();
        Leaf denied = leaf().refused(Decision.denied("r"), new Reason("forbidden"));
        Leaf ofAnotherKey = begun(leaf().with(named(other)));
        Leaf ofAnotherOperation =
                begun(Leaf.done(Instant.EPOCH, Operation.READ_CHAIN, new Actor.Operator(), block(), "r")
                        .with(named(key)));
        for (Leaf wrong : List.of(done, denied, ofAnotherKey, ofAnotherOperation)) {
            assertThatThrownBy(() -> begin(wrong)).hasRootCauseInstanceOf(IllegalArgumentException.class);
        }
        assertThat(recorded()).isEmpty();
    }

    @Test
    void anIntentIsGoodForNothingBeforeItIsCarriedOut() {
        Intent<SignBlock> intent = begin();
        assertThatThrownBy(() -> gate.sign(intent, MESSAGE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anIntentSignsOnce() {
        assertThatThrownBy(() -> carryOut(
                        begin(), intent -> sign(intent).thenCompose(first -> gate.sign(intent, MESSAGE)), honest))
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void anIntentIsCarriedOutOnce() {
        Intent<SignBlock> intent = begin();
        assertThat(carryOut(intent, this::sign, honest)).isNotEmpty();
        assertThatThrownBy(() -> carryOut(intent, this::sign, honest)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> gate.sign(intent, MESSAGE)).isInstanceOf(IllegalStateException.class);
        assertThat(recorded()).containsExactly("begun", "done");
    }

    @Test
    void whatEndsInSilenceIsNotTold() {
        var silent = new Honest() {
            @Override
            public byte[] ended(byte[] signature, OutcomeRecord outcome) {
                return signature;
            }
        };
        assertThatThrownBy(() -> carryOut(begin(), this::sign, silent))
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(recorded()).containsExactly("begun");
    }

    @Test
    void anEndOfSomethingElseIsNotTold() {
        var liar = new Honest() {
            @Override
            public byte[] ended(byte[] signature, OutcomeRecord outcome) throws SQLException {
                long _ = outcome.append(ending(Outcome.DONE, Optional.empty(), outcome.begun() + 1));
                return signature;
            }
        };
        assertThatThrownBy(() -> carryOut(begin(), this::sign, liar))
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(recorded()).containsExactly("begun");
    }

    @Test
    void anOutcomeThatIsLostIsNotTold() {
        Intent<SignBlock> intent = begin();
        store.failAfter(0, FaultyStore.Fault.LOST);
        assertThatThrownBy(() -> carryOut(intent, this::sign, honest)).hasCauseInstanceOf(StoreFault.class);
        assertThat(recorded()).containsExactly("begun");
    }

    @Test
    void aFaultIsRecordedAndToldAsItIs() {
        Fault fault = new StoreFault("the store is gone", new SQLException("gone"));
        assertThatThrownBy(() -> carryOut(begin(), intent -> failedStage(fault), honest))
                .hasCause(fault);
        assertThat(recorded()).containsExactly("begun", "failed");
    }

    @Test
    void workThatThrowsIsAFailureToo() {
        assertThatThrownBy(() -> carryOut(
                        begin(),
                        intent -> {
                            throw new IllegalArgumentException("broken");
                        },
                        honest))
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whereNoKeyIsNeededThereIsNoIntent() {
        Begun<SignBlock, String> begun = gate.<SignBlock, String>begin(rows -> Beginning.none("a replay"))
                .toCompletableFuture()
                .join();
        assertThat(begun.intent()).isEmpty();
        assertThat(begun.finding()).isEqualTo("a replay");
    }

    @Test
    void aBatchHasALeafForEachBlockAndSignsOnce() {
        Intent<SignBatch> intent = beginBatch(List.of(begun(leaf()), begun(leaf())));
        assertThat(recorded()).containsExactly("begun", "begun");
        assertThatThrownBy(() -> done(gate.carryOut(
                        intent,
                        allowed -> gate.sign(allowed, MESSAGE).thenCompose(first -> gate.sign(allowed, MESSAGE)),
                        new HonestOfAll())))
                .hasRootCauseInstanceOf(IllegalStateException.class);

        Intent<SignBatch> next = beginBatch(List.of(begun(leaf()), begun(leaf())));
        assertThat(done(gate.carryOut(next, allowed -> gate.sign(allowed, MESSAGE), new HonestOfAll())))
                .isNotEmpty();
        assertThat(recorded()).containsExactly("begun", "begun", "begun", "begun", "done", "done");
    }

    @Test
    void aBatchWithALeafOfSomethingElseOrWithoutLeavesBeginsNothing() {
        Leaf ofAnotherKey = begun(leaf().with(named(other)));
        for (List<Leaf> wrong : List.of(
                List.<Leaf>of(),
                List.of(leaf()),
                List.of(begun(leaf()), ofAnotherKey),
                List.of(begun(leaf()), leaf()))) {
            assertThatThrownBy(() -> beginBatch(wrong)).hasRootCauseInstanceOf(IllegalArgumentException.class);
        }
        assertThat(recorded()).isEmpty();
    }

    @Test
    void aBatchOneOfWhoseBlocksEndsInSilenceIsNotTold() {
        var silent = new HonestOfAll() {
            @Override
            public byte[] ended(byte[] signature, List<OutcomeRecord> outcomes) throws SQLException {
                return super.ended(signature, outcomes.subList(0, 1));
            }
        };
        Intent<SignBatch> intent = beginBatch(List.of(begun(leaf()), begun(leaf())));
        assertThatThrownBy(() -> done(gate.carryOut(intent, allowed -> gate.sign(allowed, MESSAGE), silent)))
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(recorded()).containsExactly("begun", "begun");
    }

    @Test
    void ofABatchThatFailsEachBlockIsRecordedAsFailed() {
        Fault fault = new StoreFault("the store is gone", new SQLException("gone"));
        Intent<SignBatch> intent = beginBatch(List.of(begun(leaf()), begun(leaf())));
        assertThatThrownBy(() -> done(gate.carryOut(intent, allowed -> failedStage(fault), new HonestOfAll())))
                .hasCause(fault);
        assertThat(recorded()).containsExactly("begun", "begun", "failed", "failed");
    }

    /** Tells the audit log what happened to each block. */
    private class HonestOfAll implements JointEnding<byte[], byte[]> {
        @Override
        public byte[] ended(byte[] signature, List<OutcomeRecord> outcomes) throws SQLException {
            for (OutcomeRecord outcome : outcomes) {
                long _ = outcome.append(ending(Outcome.DONE, Optional.empty(), outcome.begun()));
            }
            return signature;
        }

        @Override
        public List<Leaf> failed(Fault fault, List<Long> begun) {
            return begun.stream()
                    .map(leaf -> ending(Outcome.FAILED, Optional.of(Reason.of(fault.kind())), leaf))
                    .toList();
        }
    }

    private Intent<SignBatch> beginBatch(List<Leaf> leaves) {
        return done(gate.<SignBatch, String>begin(rows -> Beginning.ofBatch("", leaves, new SignBatch(key))))
                .intent()
                .orElseThrow();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** Tells the audit log what happened. */
    private class Honest implements Ending<byte[], byte[]> {
        @Override
        public byte[] ended(byte[] signature, OutcomeRecord outcome) throws SQLException {
            long _ = outcome.append(ending(Outcome.DONE, Optional.empty(), outcome.begun()));
            return signature;
        }

        @Override
        public Leaf failed(Fault fault, long begun) {
            return ending(Outcome.FAILED, Optional.of(Reason.of(fault.kind())), begun);
        }
    }

    private Leaf ending(Outcome outcome, Optional<Reason> reason, long begun) {
        return leaf().ending(outcome, reason, OptionalLong.of(begun));
    }

    private Intent<SignBlock> begin() {
        return begin(begun(leaf()));
    }

    private Intent<SignBlock> begin(Leaf leaf) {
        return gate.begin(rows -> Beginning.of("", leaf, new SignBlock(key)))
                .toCompletableFuture()
                .join()
                .intent()
                .orElseThrow();
    }

    private CompletionStage<byte[]> sign(Intent<SignBlock> intent) {
        return gate.sign(intent, MESSAGE);
    }

    private byte[] carryOut(
            Intent<SignBlock> intent,
            Function<Intent<SignBlock>, CompletionStage<byte[]>> work,
            Ending<byte[], byte[]> ending) {
        return gate.carryOut(intent, work, ending).toCompletableFuture().join();
    }

    private Leaf leaf() {
        return Leaf.done(Instant.EPOCH, Operation.SIGN_BLOCK, new Actor.Operator(), block(), "r")
                .with(named(key));
    }

    private static Subject block() {
        return new Subject.Block(
                new ChainName("lab-a"), new Height(0), BlockHash.zeros(32), new BlockHash("a".repeat(64)));
    }

    private static KeyVersion named(CataloguedKey key) {
        return new KeyVersion(key.alias(), key.version(), key.keyId());
    }

    private static Leaf begun(Leaf leaf) {
        return leaf.ending(Outcome.BEGUN, Optional.empty(), OptionalLong.empty());
    }

    private List<String> recorded() {
        return real
                .read(rows -> rows.list("SELECT entry FROM audit_leaf ORDER BY idx", row -> row.getBytes(1)))
                .stream()
                .map(RecordedLeaf::parse)
                .filter(leaf -> leaf.says(LeafField.OPERATION, "sign-block"))
                .map(leaf -> leaf.text(LeafField.OUTCOME).orElseThrow())
                .toList();
    }
}
