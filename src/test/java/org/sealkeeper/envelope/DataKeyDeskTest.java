package org.sealkeeper.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sealkeeper.envelope.Desk.CLINICIAN;
import static org.sealkeeper.envelope.Desk.CLINICIAN_A;
import static org.sealkeeper.envelope.Desk.LAB;
import static org.sealkeeper.envelope.Desk.LAB_A;
import static org.sealkeeper.envelope.Desk.OTHER_DATA;
import static org.sealkeeper.envelope.Desk.PATIENT_DATA;
import static org.sealkeeper.envelope.Desk.REPORT;
import static org.sealkeeper.envelope.Desk.STRANGER;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.envelope.emergency.EmergencyReview;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.keys.Wraps;
import org.sealkeeper.policy.Purpose;
import org.sealkeeper.store.StoreFault;
import org.sealkeeper.testing.FaultyStore;

/** Data keys over a real token: made, released, refused, and every one of it recorded. */
class DataKeyDeskTest {
    /** The profile {@code soak} makes ten thousand. */
    private static final int DATA_KEYS = Integer.getInteger("sealkeeper.dataKeys", 500);

    private static final int TOGETHER = 250;

    @TempDir
    private static Path folder;

    private static Desk desk;

    @BeforeAll
    static void open() {
        desk = new Desk(folder);
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void aDataKeyIsReleasedToEachRecipientAsItWasMade() {
        DataKeyResult.Released made = desk.generate();
        var lab = (DataKeyResult.Released) desk.unwrap(made.wrapped(), REPORT);
        var clinician = (DataKeyResult.Released)
                desk.unwrap(CLINICIAN_A, made.wrapped(), REPORT, "TREAT", CLINICIAN, Optional.empty());

        byte[] dataKey = desk.lab.open(bytes(made));
        assertThat(dataKey).hasSize(32);
        assertThat(desk.lab.open(bytes(lab))).isEqualTo(dataKey);
        assertThat(desk.clinician.open(bytes(clinician))).isEqualTo(dataKey);
        assertThatThrownBy(() -> desk.clinician.open(bytes(made))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dataKeysDifferAndAreReleasedAsTheyWereMade() {
        int rounds = DATA_KEYS / TOGETHER;
        Set<String> seen = new HashSet<>();
        for (int round = 0; round < rounds; round++) {
            List<CompletableFuture<Answer>> made = new ArrayList<>();
            for (int i = 0; i < TOGETHER; i++) {
                made.add(desk.desk
                        .generate(LAB_A, new GenerateRequest(PATIENT_DATA, new NewContext(report(i)), LAB))
                        .toCompletableFuture());
            }
            List<CompletableFuture<Answer>> released = new ArrayList<>();
            for (int i = 0; i < TOGETHER; i++) {
                var key = (DataKeyResult.Released) made.get(i).join().result();
                released.add(desk.desk
                        .unwrap(LAB_A, unwrapping(key.wrapped(), report(i)))
                        .toCompletableFuture());
            }
            for (int i = 0; i < TOGETHER; i++) {
                byte[] first = desk.lab.open(
                        bytes((DataKeyResult.Released) made.get(i).join().result()));
                byte[] second = desk.lab.open(
                        bytes((DataKeyResult.Released) released.get(i).join().result()));
                assertThat(second).isEqualTo(first);
                assertThat(seen.add(HexFormat.of().formatHex(first))).isTrue();
            }
        }
        assertThat(seen).hasSize(rounds * TOGETHER);
    }

    @Test
    void everyFlippedBitOfAWrappedKeyIsRefused() {
        String wrapped = desk.generate().wrapped();
        byte[] bytes = Base64.getUrlDecoder().decode(wrapped);
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(flipped);
            answers.add(desk.desk.unwrap(LAB_A, unwrapping(forged, REPORT)).toCompletableFuture());
        }
        assertThat(answers)
                .hasSize(bytes.length * 8)
                .allSatisfy(answer -> assertThat(answer.join().result()).isInstanceOf(Refusal.WrappedKeyInvalid.class));
        assertThat(desk.unwrap(wrapped, REPORT)).isInstanceOf(DataKeyResult.Released.class);
    }

    @Test
    void aContextThatDiffersInOneCharacterIsRefusedAndItsOrderDoesNotMatter() {
        String wrapped = desk.generate().wrapped();
        for (Context other : List.of(
                Context.of(Map.of("lab", "lab-a", "report", "2026-0002")),
                Context.of(Map.of("lab", "lab-a", "Report", "2026-0001")),
                Context.of(Map.of("lab", "lab-a", "report", "2026-0001 ")),
                Context.of(Map.of("lab", "lab-a")),
                Context.of(Map.of("lab", "lab-a", "report", "2026-0001", "x", "")))) {
            assertThat(desk.unwrap(wrapped, other))
                    .isEqualTo(new Refusal.WrappedKeyInvalid(Refusal.Flaw.NOT_AUTHENTIC));
        }
        assertThat(desk.unwrap(wrapped, Context.of(Map.of("report", "2026-0001", "lab", "lab-a"))))
                .isInstanceOf(DataKeyResult.Released.class);
    }

    @Test
    void aBlobOfOneKeyIsNoneOfAnother() {
        String wrapped = desk.generate(OTHER_DATA, REPORT).wrapped();
        Wraps foreign = wraps(OTHER_DATA, wrapped);
        String renamed = SampleKeys.text(
                WrappedKey.of(desk.keys.active(PATIENT_DATA).orElseThrow(), foreign), new byte[WrappedKey.TAG_BYTES]);
        assertThat(desk.unwrap(renamed, REPORT)).isEqualTo(new Refusal.WrappedKeyInvalid(Refusal.Flaw.NOT_AUTHENTIC));
    }

    /** What the caller is told is one thing, what the audit log is told another. */
    @Test
    void whateverIsWrongWithAWrappedKeyTheCallerIsToldTheSame() {
        String wrapped = desk.generate().wrapped();
        byte[] blob = wraps(PATIENT_DATA, wrapped).in(desk.hsm().label());
        byte[] tag = new byte[WrappedKey.TAG_BYTES];
        Map<String, String> forgeries = Map.of(
                "wrapped-key-malformed", wrapped.substring(0, wrapped.length() - 1),
                "wrapped-key-of-unknown-key",
                        SampleKeys.text(SampleKeys.wrapped(SampleKeys.key("unheard-of", 1), blob), tag),
                "wrapped-key-not-authentic",
                        SampleKeys.text(SampleKeys.wrapped(SampleKeys.key("patient-data", 1), blob), tag));
        Set<Object> answers = new HashSet<>();
        forgeries.forEach((reason, forged) -> {
            long before = desk.logSize();
            answers.add(RefusalProblem.of((Refusal) desk.unwrap(forged, REPORT)).members());
            assertThat(desk.leaves(before).stream().map(DataKeyDeskTest::outcome))
                    .containsExactly("begun", "refused");
            assertThat(desk.leaves(before).getLast().text(LeafField.REASON)).contains(reason);
        });
        answers.add(RefusalProblem.of((Refusal) desk.unwrap(wrapped, Context.of(Map.of("report", "none"))))
                .members());
        assertThat(answers).hasSize(1);
    }

    @Test
    void everyUnwrapLeavesItsIntentAndItsOutcome() {
        String wrapped = desk.generate().wrapped();
        long before = desk.logSize();
        desk.unwrap(wrapped, REPORT);

        List<RecordedLeaf> leaves = desk.leaves(before);
        assertThat(leaves.stream().map(DataKeyDeskTest::outcome)).containsExactly("begun", "done");
        RecordedLeaf done = leaves.getLast();
        assertThat(done.number(LeafField.BEGUN)).hasValue(before);
        assertThat(done.text(LeafField.DATA_KEY)).contains(DataKeyId.of(wrapped));
        assertThat(done.text(LeafField.PURPOSE)).contains("TREAT");
        assertThat(done.text(LeafField.RECIPIENT)).contains("lab-a");
        assertThat(done.text(LeafField.RULE)).contains("grants/lab-opens");
        assertThat(done.number(LeafField.KEY_VERSION)).hasValue(1);
    }

    @Test
    void withoutADurableIntentTheTokenIsNotAsked() {
        String wrapped = desk.generate().wrapped();
        long before = desk.logSize();
        desk.store.failAfter(0, FaultyStore.Fault.LOST);
        try {
            assertThatThrownBy(() -> desk.unwrap(wrapped, REPORT)).hasCauseInstanceOf(StoreFault.class);
            assertThatThrownBy(desk::generate).hasCauseInstanceOf(StoreFault.class);
        } finally {
            desk.store.heal();
        }
        assertThat(desk.logSize()).isEqualTo(before);
    }

    @Test
    void aReleaseThatCannotBeRecordedIsNotAnswered() {
        String wrapped = desk.generate().wrapped();
        desk.store.failAfter(1, FaultyStore.Fault.LOST);
        try {
            assertThatThrownBy(() -> desk.unwrap(wrapped, REPORT)).hasCauseInstanceOf(StoreFault.class);
        } finally {
            desk.store.heal();
        }
    }

    @Test
    void theUnauthorizedAreRefusedBeforeAnythingIsBegun() {
        String wrapped = desk.generate().wrapped();
        long before = desk.logSize();
        assertThat(desk.unwrap(STRANGER, wrapped, REPORT, "TREAT", LAB, Optional.empty()))
                .isEqualTo(new Refusal.Forbidden());
        assertThat(desk.unwrap(CLINICIAN_A, wrapped, REPORT, "HRESCH", CLINICIAN, Optional.empty()))
                .isEqualTo(new Refusal.Forbidden());
        assertThat(desk.answer(CLINICIAN_A, new GenerateRequest(PATIENT_DATA, new NewContext(REPORT), CLINICIAN)))
                .isEqualTo(new Refusal.Forbidden());
        assertThat(desk.leaves(before).stream().map(DataKeyDeskTest::outcome))
                .containsExactly("refused", "refused", "refused");
    }

    @Test
    void whatIsNotThereIsSaidByItsName() {
        String wrapped = desk.generate().wrapped();
        var unknown = new RecipientName("unheard-of");
        assertThat(desk.unwrap(LAB_A, wrapped, REPORT, "TREAT", unknown, Optional.empty()))
                .isEqualTo(new Refusal.UnknownRecipient(unknown));
        var key = new KeyAlias("unheard-of");
        assertThat(desk.answer(LAB_A, new GenerateRequest(key, new NewContext(REPORT), LAB)))
                .isEqualTo(new Refusal.UnknownKey(key));
        assertThat(desk.desk
                        .rewrap(Desk.OFFICER, new RewrapRequest(wrapped, REPORT))
                        .toCompletableFuture()
                        .join()
                        .result())
                .isEqualTo(new Refusal.NoRewrapWindow(PATIENT_DATA));
    }

    @Test
    void theGlassIsBrokenWithAJustificationForAWhile() {
        String wrapped = desk.generate().wrapped();
        long before = desk.logSize();
        int alarms = desk.alarms.size();
        assertThat(breakTheGlass(wrapped, Optional.empty())).isEqualTo(new Refusal.JustificationRequired());
        assertThat(breakTheGlass(wrapped, Optional.of("unconscious, no record of allergies")))
                .isInstanceOf(DataKeyResult.Released.class);
        assertThat(breakTheGlass(wrapped, Optional.empty())).isInstanceOf(DataKeyResult.Released.class);
        assertThat(desk.alarms).hasSize(alarms + 1);
        desk.emergencies.endThoseOver();
        desk.wait(Duration.ofMinutes(15));
        assertThat(breakTheGlass(wrapped, Optional.empty())).isEqualTo(new Refusal.JustificationRequired());
        desk.emergencies.endThoseOver();
        desk.emergencies.endThoseOver();

        List<RecordedLeaf> leaves = desk.leaves(before);
        assertThat(leaves.stream().map(leaf -> operation(leaf) + " " + outcome(leaf)))
                .containsExactly(
                        "unwrap-data-key refused",
                        "begin-emergency-access done",
                        "unwrap-data-key begun",
                        "unwrap-data-key done",
                        "unwrap-data-key begun",
                        "unwrap-data-key done",
                        "unwrap-data-key refused",
                        "end-emergency-access done");
        long beginning = before + 1;
        assertThat(leaves.get(3).number(LeafField.EMERGENCY)).hasValue(beginning);
        assertThat(leaves.get(5).number(LeafField.EMERGENCY)).hasValue(beginning);
        assertThat(leaves.getLast().number(LeafField.BEGUN)).hasValue(beginning);
        assertThat(desk.alarms.getLast().leaf()).isEqualTo(beginning);
        EmergencyReview review = EmergencyReview.all(desk.store).getLast();
        assertThat(review.justification()).isEqualTo("unconscious, no record of allergies");
        assertThat(leaves.get(1).text(LeafField.JUSTIFICATION)).contains(review.digest());
    }

    @Test
    void aTokenThatIsGoneIsAFaultWithItsLeaf(@TempDir Path elsewhere) {
        try (var other = new Desk(elsewhere)) {
            String wrapped = other.generate().wrapped();
            long before = other.logSize();
            other.hsm().close();
            assertThatThrownBy(() -> other.unwrap(wrapped, REPORT)).hasCauseInstanceOf(HsmFault.class);
            assertThat(other.leaves(before).stream().map(DataKeyDeskTest::outcome))
                    .containsExactly("begun", "failed");
        }
    }

    /** A ward's workload brings the tokens of its doctors. */
    @Test
    void noCallerActsInTheEmergencyOfAnotherThatCallsThroughTheSameWorkload() {
        String wrapped = desk.generate().wrapped();
        Optional<String> justification = Optional.of("unconscious, no record of allergies");
        assertThat(breakTheGlass(Desk.doctor("dr-x"), wrapped, justification))
                .isInstanceOf(DataKeyResult.Released.class);
        assertThat(breakTheGlass(Desk.doctor("dr-x"), wrapped, Optional.empty()))
                .isInstanceOf(DataKeyResult.Released.class);
        assertThat(breakTheGlass(Desk.doctor("dr-y"), wrapped, Optional.empty()))
                .isEqualTo(new Refusal.JustificationRequired());
        assertThat(desk.alarms.getLast().caller()).isEqualTo("urn:clinician-a for dr-x@https://idp.example");
        desk.wait(Duration.ofMinutes(15));
        desk.emergencies.endThoseOver();
    }

    private static DataKeyResult breakTheGlass(String wrapped, Optional<String> justification) {
        return breakTheGlass(CLINICIAN_A, wrapped, justification);
    }

    private static DataKeyResult breakTheGlass(Requester by, String wrapped, Optional<String> justification) {
        return desk.unwrap(by, wrapped, REPORT, "BTG", CLINICIAN, justification);
    }

    private static Wraps wraps(KeyAlias alias, String wrapped) {
        return SampleKeys.claimed(desk.keys.active(alias).orElseThrow(), wrapped)
                .key()
                .wraps();
    }

    private static UnwrapRequest unwrapping(String wrapped, Context context) {
        return new UnwrapRequest(wrapped, context, new PurposeOfUse(new Purpose("TREAT")), LAB, Optional.empty());
    }

    private static Context report(int number) {
        return Context.of(Map.of("report", Integer.toString(number)));
    }

    private static byte[] bytes(DataKeyResult.Released released) {
        return Base64.getUrlDecoder().decode(released.encryptedKey());
    }

    private static String operation(RecordedLeaf leaf) {
        return leaf.text(LeafField.OPERATION).orElseThrow();
    }

    private static String outcome(RecordedLeaf leaf) {
        return leaf.text(LeafField.OUTCOME).orElseThrow();
    }
}
