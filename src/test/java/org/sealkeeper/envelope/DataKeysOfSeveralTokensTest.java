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
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_ERROR;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.Wraps;
import org.sealkeeper.policy.Purpose;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TestAppliance;
import org.sealkeeper.testing.TokenFault;

/** One wrapped key, two real tokens: either opens it, and neither opens what the other would not. The first fails as a test asks. */
class DataKeysOfSeveralTokensTest {
    @TempDir
    private static Path folder;

    private static FaultyModule module;
    private static Desk desk;
    private static Hsm first;
    private static Hsm second;
    private static KeyEncryptionKey key;

    @BeforeAll
    static void open() throws IOException {
        module = FaultyModule.install(folder.resolve("module"));
        SoftHsmToken faulty = SoftHsmToken.in(Files.createDirectory(folder.resolve("faulty")), module.profile());
        desk = new Desk(TestAppliance.in(Files.createDirectory(folder.resolve("appliance"))), List.of(faulty));
        first = desk.tokens().all().getFirst();
        second = desk.tokens().all().getLast();
        key = desk.keys.active(PATIENT_DATA).orElseThrow();
    }

    @AfterEach
    void endFaults() {
        module.clear();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void whatWasMadeIsReleasedByEitherTokenAlone() {
        DataKeyResult.Released made = desk.generate();
        assertThat(wraps(made.wrapped()).tokens()).containsExactly(first.label(), second.label());
        byte[] dataKey = opened(made);
        assertThat(opened(unwrap(first, made.wrapped()))).isEqualTo(dataKey);
        assertThat(opened(unwrap(second, made.wrapped()))).isEqualTo(dataKey);
    }

    @Test
    void aKeyInOneTokenHasWrappedKeysAsEver() {
        String wrapped = desk.generate(OTHER_DATA, REPORT).wrapped();
        assertThat(Base64.getUrlDecoder().decode(wrapped))
                .startsWith(1)
                .hasSize(78 + OTHER_DATA.value().length());
    }

    @Test
    void everyByteThatIsChangedIsRefusedWithOneAnswer() {
        String wrapped = desk.generate().wrapped();
        byte[] bytes = Base64.getUrlDecoder().decode(wrapped);
        int secondTag = bytes.length - WrappedKey.TAG_BYTES;
        int firstTag = secondTag - WrappedKey.TAG_BYTES;
        Set<Object> answers = new HashSet<>();
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            String forged = encoded(changed);
            if (i < secondTag) {
                answers.add(answer(unwrap(first, forged)));
            }
            if (i < firstTag || i >= secondTag) {
                answers.add(answer(unwrap(second, forged)));
            }
        }
        answers.add(answer(desk.unwrap(encoded(Arrays.copyOf(bytes, firstTag)), REPORT)));
        assertThat(answers).hasSize(1);
    }

    @Test
    void noWrapIsLeftOutOrExchangedForThatOfAnotherKey() {
        Wraps genuine = wraps(desk.generate().wrapped());
        Wraps other = wraps(desk.generate().wrapped());
        String text = desk.generate().wrapped();
        WrappedKeyText.Claimed claimed = SampleKeys.claimed(key, text);
        assertThat(desk.unwrap(
                        withTagsOf(
                                text,
                                Wraps.of(second.label(), claimed.key().wraps().in(second.label()))),
                        REPORT))
                .isInstanceOf(Refusal.WrappedKeyInvalid.class);
        SequencedMap<TokenLabel, byte[]> mixed = new LinkedHashMap<>();
        mixed.put(first.label(), genuine.in(first.label()));
        mixed.put(second.label(), other.in(second.label()));
        assertThat(desk.unwrap(withTagsOf(text, Wraps.of(mixed)), REPORT))
                .isInstanceOf(Refusal.WrappedKeyInvalid.class);
    }

    /** A token's word for what another one wrapped is not taken: the one that releases has checked. */
    @Test
    void aTokenThatFailsAfterItCheckedLetsTheNextOneCheckAnew() {
        byte[] bytes = Base64.getUrlDecoder().decode(desk.generate().wrapped());
        bytes[bytes.length - 1] ^= 1;
        try (InjectedFault _ =
                module.inject(TokenFault.answer("C_UnwrapKey", CKR_DEVICE_ERROR).times(1))) {
            assertThat(desk.unwrap(encoded(bytes), REPORT)).isInstanceOf(Refusal.WrappedKeyInvalid.class);
        }
    }

    @Test
    void aReleaseGoesOnWithTheNextTokenAndItsLeafNamesIt() {
        DataKeyResult.Released made = desk.generate();
        long before = desk.logSize();
        try (InjectedFault _ =
                module.inject(TokenFault.answer("C_SignInit", CKR_DEVICE_ERROR).times(1))) {
            assertThat(opened(desk.unwrap(made.wrapped(), REPORT))).isEqualTo(opened(made));
        }
        List<RecordedLeaf> leaves = desk.leaves(before);
        assertThat(leaves).hasSize(2);
        assertThat(leaves.getFirst().text(LeafField.TOKEN)).isEmpty();
        assertThat(leaves.getLast().text(LeafField.TOKEN))
                .contains(second.label().value());
        assertThat(leaves.getLast().text(LeafField.DATA_KEY)).contains(DataKeyId.of(made.wrapped()));
    }

    @Test
    void whereAllTokensFailSoDoesTheRequest() {
        String wrapped = desk.generate().wrapped();
        try (InjectedFault _ =
                module.inject(TokenFault.answer("C_SignInit", CKR_DEVICE_ERROR).times(1))) {
            assertThatThrownBy(() -> unwrap(first, wrapped)).hasCauseInstanceOf(HsmFault.class);
        }
    }

    /** What cannot make one, or has it no more, gets no data keys; the laboratory goes on. */
    @Test
    void aTokenThatFailsIsLeftOutAndTheDataKeyOpens() {
        double incomplete = incomplete();
        DataKeyResult.Released made;
        try (InjectedFault _ =
                module.inject(TokenFault.answer("C_UnwrapKey", CKR_DEVICE_ERROR).times(2))) {
            made = desk.generate();
        }
        assertThat(wraps(made.wrapped()).tokens()).containsExactly(second.label());
        assertThat(incomplete() - incomplete).isEqualTo(1);
        assertThat(opened(desk.unwrap(made.wrapped(), REPORT))).isEqualTo(opened(made));
        assertThatThrownBy(() -> unwrap(first, made.wrapped())).hasCauseInstanceOf(HsmFault.class);

        DataKeyResult.Released next = desk.generate();
        assertThat(wraps(next.wrapped()).tokens()).hasSize(2);
        assertThat(incomplete() - incomplete).isEqualTo(1);
    }

    @Test
    void aTokenThatCannotBindIsLeftOutToo() {
        DataKeyResult.Released made;
        try (InjectedFault _ =
                module.inject(TokenFault.answer("C_SignInit", CKR_DEVICE_ERROR).times(1))) {
            made = desk.generate();
        }
        assertThat(wraps(made.wrapped()).tokens()).containsExactly(second.label());
        assertThat(opened(unwrap(second, made.wrapped()))).isEqualTo(opened(made));
    }

    @Test
    void whereOneTokenDoesNotTrustARecipientTheOtherReleases() {
        DataKeyResult.Released made = desk.generate();
        first.dataKeyAdministration().distrust(desk.clinician.publicKey());
        var request = new UnwrapRequest(
                made.wrapped(), REPORT, new PurposeOfUse(new Purpose("TREAT")), CLINICIAN, Optional.empty());
        var released = (DataKeyResult.Released) desk.desk
                .unwrap(CLINICIAN_A, request)
                .toCompletableFuture()
                .join()
                .result();
        assertThat(desk.clinician.open(Base64.getUrlDecoder().decode(released.encryptedKey())))
                .isEqualTo(opened(made));
        assertThat(desk.with(first)
                        .unwrap(CLINICIAN_A, request)
                        .toCompletableFuture()
                        .join()
                        .result())
                .isEqualTo(new Refusal.UnknownRecipient(CLINICIAN));
    }

    private static double incomplete() {
        return desk.metrics.counter("sealkeeper.data.keys.incomplete").count();
    }

    private static DataKeyResult unwrap(Hsm alone, String wrapped) {
        var request = new UnwrapRequest(wrapped, REPORT, new PurposeOfUse(new Purpose("TREAT")), LAB, Optional.empty());
        return desk.with(alone)
                .unwrap(LAB_A, request)
                .toCompletableFuture()
                .join()
                .result();
    }

    private static Object answer(DataKeyResult result) {
        return RefusalProblem.of((Refusal) result).members();
    }

    private static Wraps wraps(String wrapped) {
        return SampleKeys.claimed(key, wrapped).key().wraps();
    }

    /** The tags of one text, with the wraps of another. */
    private static String withTagsOf(String text, Wraps wraps) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        Map<TokenLabel, byte[]> tags = new LinkedHashMap<>();
        List<TokenLabel> tokens = wraps(text).tokens();
        for (int i = 0; i < tokens.size(); i++) {
            int from = bytes.length - (tokens.size() - i) * WrappedKey.TAG_BYTES;
            tags.put(tokens.get(i), Arrays.copyOfRange(bytes, from, from + WrappedKey.TAG_BYTES));
        }
        return WrappedKey.of(key, wraps).text(tags);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] opened(DataKeyResult result) {
        return desk.lab.open(Base64.getUrlDecoder().decode(((DataKeyResult.Released) result).encryptedKey()));
    }
}
