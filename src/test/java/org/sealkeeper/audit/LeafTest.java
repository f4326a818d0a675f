package org.sealkeeper.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;

/** The format of docs/formats/audit-leaf.md, byte by byte. */
class LeafTest {
    private static final KeyAlias PATIENT_DATA = new KeyAlias("patient-data");
    private static final Path GOLDEN = Path.of("src/test/resources/golden/audit-leaves.ndjson");
    private static final Path FORMAT = Path.of("docs/formats/audit-leaf.md");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.5Z");

    @Test
    void leavesAreWrittenAsTheyWereInVersionOne() throws IOException {
        assertThat(leaves().stream().map(LeafTest::text)).containsExactlyElementsOf(Files.readAllLines(GOLDEN, UTF_8));
    }

    @Test
    void leavesAreCanonicalJsonAndAreReadBackAsTheyWere() throws IOException {
        for (Leaf leaf : leaves()) {
            String json = text(leaf);
            assertThat(new JsonCanonicalizer(json).getEncodedString()).isEqualTo(json);
            assertThat(RecordedLeaf.parse(json.getBytes(UTF_8))
                            .says(LeafField.OPERATION, leaf.operation().text()))
                    .isTrue();
        }
    }

    @Test
    void theDocumentExplainsEveryMemberOperationAndOutcome() throws IOException {
        String format = Files.readString(FORMAT);
        for (LeafField field : LeafField.values()) {
            assertThat(format).contains("| `" + field.fieldName() + "` |");
        }
        for (Operation operation : Operation.values()) {
            assertThat(format).contains("`" + operation.text() + "`");
        }
        for (Outcome outcome : Outcome.values()) {
            assertThat(format).contains("| `" + outcome.text() + "` |");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"v\":1} ",
                "{\"v\":\"1\"}",
                "{\"time\":\"x\", \"v\":1}",
                "{\"v\":1,\"time\":\"x\"}",
                "{\"v\":1,\"v\":1}",
                "{\"height\":1.0,\"v\":1}",
                "{\"rule\":\"\\u0061\",\"v\":1}",
                "[]",
                ""
            })
    void whatIsNotExactlyALeafIsRefused(String entry) {
        assertThatThrownBy(() -> RecordedLeaf.parse(entry.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLeafThatContradictsItselfCannotBeMade() {
        Leaf done = signed();
        assertThatThrownBy(() -> done.ending(Outcome.FAILED, Optional.empty(), OptionalLong.empty()))
                .hasMessageContaining("expected a reason");
        assertThatThrownBy(() -> done.ending(Outcome.DONE, Optional.of(new Reason("forbidden")), OptionalLong.empty()))
                .hasMessageContaining("expected a reason exactly where");
        assertThatThrownBy(() -> done.refused(Decision.denied("r"), new Reason("forbidden"))
                        .ending(Outcome.DONE, Optional.empty(), OptionalLong.empty()))
                .hasMessageContaining("expected what is denied to be refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Mr Smith", "FORBIDDEN", "a--b", "-a", "forbidden because of Mr Smith's HIV test result"})
    void aReasonIsAWordOfOurs(String text) {
        assertThatThrownBy(() -> new Reason(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Leaf> leaves() {
        Leaf whole =
                Leaf.done(NOON, Operation.START_APPLIANCE, new Actor.Appliance(), new Subject.Whole(), "appliance");
        return List.of(
                whole,
                signed().ending(Outcome.BEGUN, Optional.empty(), OptionalLong.empty()),
                signed().ending(Outcome.DONE, Optional.empty(), OptionalLong.of(1)),
                signed().ending(Outcome.REPLAYED, Optional.empty(), OptionalLong.empty()),
                signed().ending(Outcome.FAILED, Optional.of(new Reason("hsm-unavailable")), OptionalLong.of(1)),
                signed().refused(Decision.allowed("chains/lab-a/signers"), new Reason("conflicting-block")),
                signed().refused(Decision.denied("chains/lab-a/signers"), new Reason("forbidden")),
                Leaf.done(
                        NOON,
                        Operation.READ_CHAIN,
                        new Actor.Identified(Caller.of(new CallerId("CN=Labor \"M\u00fcller\\West\",O=\u5065\u5eb7"))),
                        new Subject.Chain(new ChainName("lab-a")),
                        "chains/lab-a/readers"),
                Leaf.done(
                                NOON,
                                Operation.READ_CHAIN,
                                new Actor.Identified(
                                        new Caller(Optional.empty(), Optional.of(bearer(Optional.of("7f3a"))))),
                                new Subject.Chain(new ChainName("lab-a")),
                                "grants/readers")
                        .decidedBy(new Decision(
                                true,
                                "grants/readers",
                                Optional.of("9".repeat(64)),
                                Optional.of("{\"groups\":[\"m\u00e9d\"]}"))),
                Leaf.done(
                        NOON,
                        Operation.READ_CHAIN,
                        new Actor.Identified(new Caller(
                                Optional.of(new CallerId("urn:sealkeeper:node:node-a")),
                                Optional.of(bearer(Optional.empty())))),
                        new Subject.Chain(new ChainName("lab-a")),
                        "grants/readers"),
                Leaf.done(NOON, Operation.OTHER_REQUEST, new Actor.Anonymous(), new Subject.Whole(), "front-door")
                        .refused(Decision.denied("front-door"), new Reason("unauthenticated"))
                        .counting(new Tally(500, NOON.minusSeconds(10))),
                Leaf.done(NOON, Operation.CREATE_KEY, new Actor.Operator(), new Subject.Whole(), "local-command")
                        .with(new KeyVersion(new KeyAlias("lab-a-blocks"), 1, new KeyId("k".repeat(43)))),
                Leaf.done(
                        NOON,
                        Operation.ACCEPT_ROLLBACK,
                        new Actor.Operator(),
                        new Subject.Log(new Checkpoint(new Origin("lab-a.example/log"), 32, TreeHash.EMPTY_ROOT)),
                        "local-command"),
                byOperator(Operation.ROTATE_KEY, new Subject.SecretKey(PATIENT_DATA, 2)),
                byOperator(Operation.OPEN_REWRAP_WINDOW, new Subject.RewrapWindow(PATIENT_DATA, 1, 2)),
                byOperator(
                        Operation.ENROLL_RECIPIENT, new Subject.Recipient(new RecipientName("lab-a"), "ab".repeat(32))),
                Leaf.done(
                        NOON,
                        Operation.BEGIN_EMERGENCY_ACCESS,
                        new Actor.Identified(Caller.of(new CallerId("urn:sealkeeper:clinic:clinician-a"))),
                        new Subject.Emergency(new KeyAlias("patient-data"), "BTG", "cd".repeat(32)),
                        "grants/break-the-glass"),
                unwrapped().ending(Outcome.BEGUN, Optional.empty(), OptionalLong.empty()),
                unwrapped().ending(Outcome.DONE, Optional.empty(), OptionalLong.of(12)),
                unwrapped()
                        .ending(
                                Outcome.REFUSED,
                                Optional.of(new Reason("wrapped-key-not-authentic")),
                                OptionalLong.of(12)));
    }

    private static Leaf byOperator(Operation operation, Subject subject) {
        return Leaf.done(NOON, operation, new Actor.Operator(), subject, "local-command");
    }

    private static Leaf unwrapped() {
        return Leaf.done(
                        NOON,
                        Operation.UNWRAP_DATA_KEY,
                        new Actor.Identified(Caller.of(new CallerId("urn:sealkeeper:clinic:clinician-a"))),
                        new Subject.DataKey(
                                new KeyAlias("patient-data"),
                                OptionalInt.of(2),
                                Optional.of("ef".repeat(32)),
                                Optional.of(new RecipientName("clinician-a")),
                                Optional.of("BTG"),
                                OptionalLong.of(11)),
                        "grants/break-the-glass")
                .in(new RequestId("3e5f"));
    }

    private static BearerToken bearer(Optional<String> tokenId) {
        return new BearerToken("https://idp.example", "dr-b", tokenId, Map.of());
    }

    private static Leaf signed() {
        return Leaf.done(
                        NOON,
                        Operation.SIGN_BLOCK,
                        new Actor.Identified(Caller.of(new CallerId("urn:sealkeeper:node:node-a"))),
                        new Subject.Block(
                                new ChainName("lab-a"),
                                new Height(12),
                                BlockHash.zeros(32),
                                new BlockHash("ab".repeat(32))),
                        "chains/lab-a/signers")
                .in(new RequestId("3e5f"))
                .with(new KeyVersion(new KeyAlias("lab-a-blocks"), 1, new KeyId("k".repeat(43))));
    }

    private static String text(Leaf leaf) {
        return new String(leaf.canonicalJson(), UTF_8);
    }
}
