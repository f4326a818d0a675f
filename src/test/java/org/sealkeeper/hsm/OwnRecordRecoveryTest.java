package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_ERROR;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.hsm.state.TokenState;
import org.sealkeeper.hsm.state.TokenStateMachine;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TokenFault;

/** What this process remembers of its record, when the token comes back with all handles changed, and perhaps with other content. */
@Timeout(60)
class OwnRecordRecoveryTest {
    @TempDir
    private static Path shared;

    private static FaultyModule module;

    @TempDir
    Path folder;

    private Hsm hsm;
    private TokenRecords records;
    private OwnRecord own;
    private TokenRecovery recovery;

    /** What another process, or a token that was turned back, does to the record while this process cannot see it. */
    private Readmission meanwhile = candidate -> {};

    @BeforeAll
    static void install() {
        module = FaultyModule.install(shared.resolve("module"));
    }

    @BeforeEach
    void open() {
        hsm = SoftHsmToken.in(folder, module.profile()).open();
        hsm.health().machine().watch(change -> {});
        recovery = new TokenRecovery(hsm, candidate -> meanwhile.prove(candidate), () -> {});
        records = hsm.records();
        own = records.create("a", "0");
        assertThat(write("1")).isTrue();
        assertThat(write("2")).isTrue();
    }

    @AfterEach
    void close() {
        module.clear();
        hsm.close();
    }

    @AfterAll
    static void endFaults() {
        module.clear();
    }

    private boolean write(String text) {
        return own.write(text).toCompletableFuture().join();
    }

    /** The library loses all its state; a write finds out, and the token is let in anew. */
    private void recover() {
        InjectedFault _ = module.inject(TokenFault.reinitialized());
        assertThatThrownBy(() -> write("lost")).hasCauseInstanceOf(HsmFault.class);
        letIn();
    }

    private void letIn() {
        TokenStateMachine machine = hsm.health().machine();
        try {
            recovery.tryWhenDue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(machine.state()).as("%s", machine.snapshot()).isEqualTo(TokenState.READY);
    }

    private List<String> texts() {
        return records.read().stream().map(TokenRecord::text).toList();
    }

    private static <T> Readmission administering(Function<TokenObjects, T> work) {
        return candidate -> {
            T _ = candidate.work().administer(work);
        };
    }

    private static long withText(TokenObjects objects, String text) {
        return Arrays.stream(objects.records())
                .filter(handle ->
                        RecordObjects.text(objects, handle).filter(text::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** CKR_ATTRIBUTE_TYPE_INVALID: the wrapper takes it for an attribute that is not there. */
    @Test
    void aRecordThatTheTokenDoesNotShowIsNotTakenForAnothers() {
        try (InjectedFault _ = module.inject(TokenFault.answer("C_GetAttributeValue", 0x12L))) {
            assertThatThrownBy(() -> write("3")).hasCauseInstanceOf(HsmFault.class);
        }
        assertThat(write("3")).isTrue();
    }

    @Test
    void norIsOneThatItDoesNotShowAfterARecovery() {
        recover();
        try (InjectedFault _ = module.inject(TokenFault.answer("C_GetAttributeValue", 0x12L))) {
            assertThatThrownBy(() -> write("3")).hasCauseInstanceOf(HsmFault.class);
        }
        assertThat(write("3")).isTrue();
    }

    @Test
    void itIsStillItsOwnAndWrittenInTurn() {
        recover();
        assertThat(write("3")).isTrue();
        assertThat(texts()).containsExactlyInAnyOrder("2", "3");
        assertThat(write("4")).isTrue();
        assertThat(texts()).containsExactlyInAnyOrder("3", "4");
        assertThat(own.isAlone()).isTrue();
    }

    @Test
    void itIsItsOwnAfterEachRecovery() {
        for (int i = 3; i < 7; i++) {
            recover();
            assertThat(write(Integer.toString(i))).isTrue();
        }
        assertThat(texts()).containsExactlyInAnyOrder("5", "6");
    }

    /** Its text is in the token all the same. */
    @Test
    void aWriteWhoseAnswerWasLostIsItsOwn() {
        InjectedFault _ = module.inject(
                TokenFault.lostAnswer("C_SetAttributeValue", CKR_DEVICE_ERROR).times(1));
        assertThatThrownBy(() -> write("3")).hasCauseInstanceOf(HsmFault.class);
        letIn();
        assertThat(texts()).containsExactlyInAnyOrder("2", "3");
        assertThat(write("4")).isTrue();
        assertThat(texts()).containsExactlyInAnyOrder("2", "4");
    }

    @Test
    void aWriteThatWasNotMadeIsWaitedForNoMore() {
        InjectedFault _ = module.inject(
                TokenFault.answer("C_SetAttributeValue", CKR_DEVICE_ERROR).times(1));
        assertThatThrownBy(() -> write("3")).hasCauseInstanceOf(HsmFault.class);
        letIn();
        assertThat(texts()).containsExactlyInAnyOrder("1", "2");
        assertThat(write("4")).isTrue();
        assertThat(texts()).containsExactlyInAnyOrder("2", "4");
    }

    /** As of a token that was turned back, in whichever order it finds the two. */
    @ParameterizedTest
    @CsvSource({"0, 2", "2, 0", "0, 1", "1, 0", "1, 1", "2, 2"})
    void whatIsNotWhatItWroteLastIsNotWrittenOver(String first, String second) {
        meanwhile = administering(objects -> {
            long[] found = objects.records();
            objects.relabel(found[0], first);
            objects.relabel(found[1], second);
            return found.length;
        });
        recover();
        assertThat(write("3")).isFalse();
        assertThat(texts()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void aPermitThatWasRevokedMeanwhileIsMissed() {
        meanwhile = candidate -> {
            candidate.records().create("b", "0");
            candidate.records().revoke(Set.of("a"));
        };
        recover();
        assertThat(write("3")).isFalse();
    }

    @Test
    void aPermitThatIsGoneWhereNoOtherProcessIsThereIsAFault() {
        meanwhile = candidate -> candidate.records().revoke(Set.of("a"));
        recover();
        assertThatThrownBy(() -> write("3"))
                .cause()
                .isInstanceOf(HsmFault.class)
                .hasMessageStartingWith("expected the permit of this process in the token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void oneOfItsTwoObjectsIsNotEnough(String gone) {
        meanwhile = administering(objects -> objects.destroyIfThere(withText(objects, gone)));
        recover();
        assertThatItIsNotWritten();
    }

    @Test
    void aThirdObjectOfItsNameIsAnothers() {
        meanwhile = candidate -> candidate.records().create("a", "2");
        recover();
        assertThatItIsNotWritten();
    }

    @Test
    void whereItIsGoneThereIsNothingToWriteTo() {
        meanwhile = candidate -> candidate.records().remove(Set.of("a"));
        recover();
        assertThatItIsNotWritten();
        assertThat(texts()).isEmpty();
    }

    private void assertThatItIsNotWritten() {
        List<String> before = texts();
        assertThat(mayGoOn()).isFalse();
        assertThat(texts()).isEqualTo(before);
    }

    private boolean mayGoOn() {
        try {
            return write("3");
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(HsmFault.class);
            return false;
        }
    }
}
