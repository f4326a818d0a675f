package org.sealkeeper.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.InForce;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.Callers;
import org.sealkeeper.testing.TestLog;

/** A changed policy takes the place of the old one as a whole, a bad one does not, and both are on record. */
class PolicyRecordTest {
    private static final ChainName CHAIN = new ChainName("lab-a");
    private static final Caller NODE_A = Callers.certified("urn:sealkeeper:node:node-a");
    private static final Caller NODE_B = Callers.certified("urn:sealkeeper:node:node-b");
    private static final KnownNames KNOWN = KnownNames.of(Set.of(CHAIN), Set.of());

    @TempDir
    Path folder;

    private TestLog appliance;
    private Store store;
    private AuditLog audit;
    private PolicyRecord record;
    private InForce<Policy> policy;
    private Decisions decisions;

    @BeforeEach
    void load() {
        appliance = TestLog.in(folder);
        store = appliance.openStore();
        audit = appliance.open(store);
        write(grantTo("node-a"));
        record = new PolicyRecord(store, audit, InstantSource.system());
        policy = record.load(file(), KNOWN);
        decisions = new Decisions(policy, InstantSource.system());
    }

    @AfterEach
    void close() {
        audit.close();
        store.close();
        appliance.close();
    }

    @Test
    void aDecisionNamesItsRuleAndTheVersionOfThePolicyThatHasIt() {
        Decision allowed = decisions.decide(NODE_A, PolicyOperation.READ_CHAIN, CHAIN);
        Decision denied = decisions.decide(NODE_B, PolicyOperation.READ_CHAIN, CHAIN);

        assertThat(allowed)
                .isEqualTo(new Decision(
                        true, "grants/readers", Optional.of(policy.current().digest())));
        assertThat(denied)
                .isEqualTo(new Decision(
                        false, "default-deny", Optional.of(policy.current().digest())));
    }

    @Test
    void aChangedFileIsInForceAndItsVersionKept() {
        String first = policy.current().text();
        write(grantTo("node-b"));
        look();

        assertThat(decisions.decide(NODE_A, PolicyOperation.READ_CHAIN, CHAIN).isAllowed())
                .isFalse();
        assertThat(decisions.decide(NODE_B, PolicyOperation.READ_CHAIN, CHAIN).isAllowed())
                .isTrue();
        assertThat(versions()).containsExactlyInAnyOrder(first, policy.current().text());
        assertThat(recorded()).containsExactly("done", "done");
    }

    @Test
    void underOfficersOnlyAPolicyThatTheyApprovedComesIntoForce() {
        int _ = store.commit(rows -> rows.update("INSERT INTO officers VALUES (1, 'd', 'officers: []', 't')"));
        write(grantTo("node-b"));
        look();
        String why = policy.rejected().orElseThrow().getMessage();
        assertThat(why).contains("expected a policy that officers approved");
        assertThat(decisions.decide(NODE_B, PolicyOperation.READ_CHAIN, CHAIN).isAllowed())
                .isFalse();

        String digest = why.replaceFirst("(?s).*SHA-256 ([0-9a-f]{64}).*", "$1");
        int _ = store.commit(rows -> rows.update("INSERT INTO approved_policy VALUES (?, 't')", digest));
        look();
        assertThat(decisions.decide(NODE_B, PolicyOperation.READ_CHAIN, CHAIN).isAllowed())
                .isTrue();
    }

    @Test
    void aBadFileChangesNothingAndIsComplainedAboutUntilItIsMended() {
        for (String bad : List.of("", "roles: {}", grantTo("node-b").replace("lab-a", "lab-c"), "\u0000")) {
            write(bad);
            look();
            assertThat(policy.rejected()).as(bad).isPresent();
            assertThat(decisions
                            .decide(NODE_A, PolicyOperation.READ_CHAIN, CHAIN)
                            .isAllowed())
                    .isTrue();
        }
        assertThat(recorded()).containsExactly("done", "refused", "refused", "refused", "refused");

        write(grantTo("node-a"));
        look();
        assertThat(policy.rejected()).isEmpty();
        assertThat(versions()).hasSize(1);
    }

    @Test
    void aChangedFileWaitsUntilItStandsStill() {
        write(grantTo("node-b"));
        policy.look(record);
        write(grantTo("node-c"));
        policy.look(record);
        assertThat(decisions.decide(NODE_A, PolicyOperation.READ_CHAIN, CHAIN).isAllowed())
                .isTrue();
        assertThat(recorded()).containsExactly("done");

        policy.look(record);
        assertThat(decisions.decide(NODE_A, PolicyOperation.READ_CHAIN, CHAIN).isAllowed())
                .isFalse();
        assertThat(versions()).hasSize(2);
    }

    @Test
    void aHalfSavedFileChangesNothingHoweverLongItStandsStill() {
        String whole = grantTo("node-b");
        write(whole.substring(0, whole.indexOf("separationExceptions")));
        look();
        look();

        assertThat(decisions.decide(NODE_A, PolicyOperation.READ_CHAIN, CHAIN).isAllowed())
                .isTrue();
        assertThat(policy.rejected().orElseThrow()).hasMessageContaining("without it the file may be cut");
        assertThat(recorded()).containsExactly("done", "refused");
    }

    @Test
    void aBadFileAtTheStartIsRefused() {
        write("roles: {}");
        assertThatThrownBy(() -> record.load(file(), KNOWN))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("policy.yaml:1:");
    }

    /** Each version lets exactly one of the two in: a decision by a mixture would let in both, or none. */
    @Test
    void noDecisionSeesHalfOfAPolicy() throws Exception {
        var done = new AtomicBoolean();
        try (ExecutorService deciders = Executors.newFixedThreadPool(2)) {
            Future<Integer> decisions = deciders.submit(() -> decideUntil(done));
            for (int i = 0; i < 100; i++) {
                write(grantTo(i % 2 == 0 ? "node-b" : "node-a"));
                look();
            }
            done.set(true);
            assertThat(decisions.get()).isGreaterThan(100);
        }
        assertThat(versions()).hasSize(2);
    }

    private Integer decideUntil(AtomicBoolean done) {
        int made = 0;
        while (!done.get()) {
            Decision one = decisions.decide(NODE_A, PolicyOperation.READ_CHAIN, CHAIN);
            Decision other = decisions.decide(NODE_B, PolicyOperation.READ_CHAIN, CHAIN);
            if (one.policy().equals(other.policy())) {
                assertThat(one.isAllowed()).isNotEqualTo(other.isAllowed());
            }
            made++;
        }
        return made;
    }

    @Test
    void aRecordedDecisionCanBeMadeAgainAfterThePolicyChanged() {
        Decision decision = decisions.decide(NODE_A, PolicyOperation.READ_CHAIN, CHAIN);
        long leaf = append(NODE_A, decision);
        long forged = append(NODE_B, decision);
        write(grantTo("node-b"));
        look();

        assertThat(DecisionReplay.of(store, leaf).agrees()).isTrue();
        assertThat(DecisionReplay.of(store, forged).agrees()).isFalse();
        assertThatThrownBy(() -> DecisionReplay.of(store, 0)).hasMessageContaining("records no decision of a policy");
        assertThatThrownBy(() -> DecisionReplay.of(store, 9_999)).hasMessageContaining("has no leaf 9999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "when: 'caller.claims.shift == 2'", "when: 'has(caller.claims.shift)', mfa: required"})
    void aDecisionAboutATokenIsMadeAgainFromTheClaimsThePolicyReads(String more) {
        write(grantToGroup(more));
        look();
        Caller caller = bearer(
                Map.of("groups", List.of("robots", "hiv-study"), "shift", 2, "amr", List.of("otp"), "name", "Dr X"));

        Decision decision = decisions.decide(caller, PolicyOperation.READ_CHAIN, CHAIN);
        long leaf = append(caller, decision);

        assertThat(decision.isAllowed()).isTrue();
        assertThat(decision.claims().orElseThrow())
                .contains("robots")
                .doesNotContain("Dr X")
                .doesNotContain("hiv-study");
        assertThat(DecisionReplay.of(store, leaf).agrees()).isTrue();
        assertThat(DecisionReplay.of(
                                store,
                                append(
                                        bearer(Map.of()),
                                        decisions.decide(bearer(Map.of()), PolicyOperation.READ_CHAIN, CHAIN)))
                        .agrees())
                .isTrue();
    }

    @Test
    void aDecisionThatReadMoreThanTheLogKeepsIsNotMadeAgain() {
        write(grantToGroup("when: 'size(caller.claims) == 1'"));
        look();
        Caller caller = bearer(Map.of("groups", List.of("robots")));
        long whole = append(caller, decisions.decide(caller, PolicyOperation.READ_CHAIN, CHAIN));
        assertThatThrownBy(() -> DecisionReplay.of(store, whole))
                .hasMessageContaining("reads the token's claims as a whole");

        write(grantToGroup("when: 'caller.claims.note != \"\"'"));
        look();
        Caller verbose = bearer(Map.of("groups", "robots", "note", "x".repeat(Decision.MAX_CLAIMS)));
        long cut = append(verbose, decisions.decide(verbose, PolicyOperation.READ_CHAIN, CHAIN));
        assertThatThrownBy(() -> DecisionReplay.of(store, cut)).hasMessageContaining("longer than the log keeps");
    }

    private static Caller bearer(Map<String, Object> claims) {
        var token = new BearerToken("https://idp.example", "robot-7", Optional.empty(), claims);
        return new Caller(Optional.empty(), Optional.of(token));
    }

    private static String grantToGroup(String more) {
        return """
                roles: {readers: [{issuer: "https://idp.example", claims: {groups: robots}}]}
                grants: [{name: readers, roles: [readers], operations: [read-chain], chains: [lab-a]%s}]
                denials: []
                separationExceptions: []
                ...
                """.formatted(more.isEmpty() ? "" : ", " + more);
    }

    private long append(Caller caller, Decision decision) {
        Leaf read = Leaf.done(
                Instant.EPOCH,
                org.sealkeeper.audit.Operation.READ_CHAIN,
                new Actor.Identified(caller),
                new Subject.Chain(CHAIN),
                decision.rule());
        Leaf decided =
                decision.isAllowed() ? read.decidedBy(decision) : read.refused(decision, new Reason("forbidden"));
        return audit.append(decided).toCompletableFuture().join();
    }

    private static String grantTo(String node) {
        return """
                roles: {readers: [{certificate: "urn:sealkeeper:node:%s"}]}
                grants: [{name: readers, roles: [readers], operations: [read-chain], chains: [lab-a]}]
                denials: []
                separationExceptions: []
                ...
                """.formatted(node);
    }

    /** Twice: a changed file is taken once it stands still. */
    private void look() {
        policy.look(record);
        policy.look(record);
    }

    private Path file() {
        return folder.resolve("policy.yaml");
    }

    private void write(String text) {
        try {
            Files.writeString(file(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> versions() {
        return store.read(rows -> rows.list("SELECT text FROM policy_version", row -> row.getString(1)));
    }

    private List<String> recorded() {
        return store
                .read(rows -> rows.list("SELECT entry FROM audit_leaf ORDER BY idx", row -> row.getBytes(1)))
                .stream()
                .map(RecordedLeaf::parse)
                .filter(leaf -> leaf.says(LeafField.OPERATION, "load-policy"))
                .map(leaf -> leaf.text(LeafField.OUTCOME).orElseThrow())
                .toList();
    }
}
