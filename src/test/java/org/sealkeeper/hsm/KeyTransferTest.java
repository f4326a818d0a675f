package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ACTION_PROHIBITED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_KEY_FUNCTION_NOT_PERMITTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_KEY_NOT_WRAPPABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_KEY_UNEXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_TEMPLATE_INCONSISTENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.hsm.DataKeyOutcome.NewDataKey;
import org.sealkeeper.hsm.DataKeyOutcome.ReleasedKey;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.SoftHsmToken;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/** How a new data key gets from one token to another; and that no other key takes this way. */
class KeyTransferTest {
    private static final RecipientKeyPair LAB = RecipientKeyPair.generate();
    private static final CkaId KEK = CkaId.random(new SecureRandom());
    private static final String LABEL = "patient-data-v1";

    @TempDir
    private static Path folder;

    private static SoftHsmToken second;
    private static Tokens tokens;
    private static TokenDataKeys there;
    private static TokenDataKeys here;

    @BeforeAll
    static void open() throws IOException {
        SoftHsmToken first = token("first");
        second = token("second");
        for (SoftHsmToken token : List.of(first, second)) {
            try (var officer = SecurityOfficer.open(token.settings().profile(), token.label(), token.soPin())) {
                assertThat(officer.trust(LAB.publicKey(), "lab-a")).isTrue();
            }
        }
        tokens = Tokens.open(List.of(first.settings(), second.settings()));
        for (Hsm token : tokens.all()) {
            token.dataKeyAdministration().generateKeyEncryptionKey(KEK, LABEL, true);
            assertThat(token.dataKeyAdministration().deviations(KEK, LABEL, true))
                    .isEmpty();
            token.dataKeyAdministration().test(KEK, true);
        }
        there = tokens.all().getFirst().dataKeys();
        here = tokens.all().getLast().dataKeys();
    }

    private static SoftHsmToken token(String name) throws IOException {
        return SoftHsmToken.in(Files.createDirectory(folder.resolve(name)));
    }

    @AfterAll
    static void close() {
        tokens.close();
    }

    private static TransferKey transferKey() {
        return here.transferKey(KEK, there).toCompletableFuture().join();
    }

    private static NewDataKey made(TransferKey to) {
        return (NewDataKey) there.generate(KEK, LAB.publicKey(), List.of(to))
                .toCompletableFuture()
                .join();
    }

    @Test
    void aNewKeyIsReleasedByTheTokenItWasPassedTo() {
        TransferKey to = transferKey();
        NewDataKey made = made(to);
        byte[] wrapped = here.adopt(KEK, made.passed().getFirst(), to.algorithm())
                .toCompletableFuture()
                .join();
        assertThat(wrapped).hasSize(40).isNotEqualTo(made.wrapped());
        var released = (ReleasedKey) here.release(KEK, wrapped, LAB.publicKey())
                .toCompletableFuture()
                .join();
        assertThat(LAB.open(released.encryptedKey()))
                .isEqualTo(LAB.open(made.released().encryptedKey()));
    }

    @Test
    void aStoredKeyIsNotWrappedToATransferKey() throws PKCS11Exception {
        TransferKey to = transferKey();
        byte[] wrapped = made(to).wrapped();
        try (var thief = HandMadeKey.in(tokens.all().getFirst().health().settings())) {
            refuses(() -> thief.wrapStored(KEK, wrapped, to), CKR_KEY_NOT_WRAPPABLE);
            refuses(() -> thief.wrapStored(KEK, wrapped, TokenKey.transfer(KEK)), CKR_KEY_NOT_WRAPPABLE);
        }
    }

    @Test
    void aTransferKeyNeverLeavesAndOnlyUnwrapsWhatStaysInTheToken() throws PKCS11Exception {
        TransferKey to = transferKey();
        byte[] passed = made(to).passed().getFirst();
        try (var thief = HandMadeKey.in(second.settings())) {
            refuses(() -> thief.takeOut(TokenKey.transfer(KEK)), CKR_KEY_UNEXTRACTABLE, CKR_KEY_NOT_WRAPPABLE);
            refuses(() -> thief.decrypt(TokenKey.transfer(KEK), passed), CKR_KEY_FUNCTION_NOT_PERMITTED);
            refuses(() -> thief.change(TokenKey.transfer(KEK), CKA_EXTRACTABLE, true), CKR_ACTION_PROHIBITED);
            for (long attribute : List.of(CKA_SENSITIVE, CKA_TOKEN)) {
                refuses(() -> thief.unwrapWeakly(TokenKey.transfer(KEK), passed, attribute), CKR_TEMPLATE_INCONSISTENT);
            }
        }
    }

    /** Who has the PIN of a token can put a key in the place of its transfer key, to get what other tokens make from then on. */
    @Test
    void aKeyThatIsKnownOutsideGetsNothing() throws PKCS11Exception {
        CkaId kek = CkaId.random(new SecureRandom());
        try (var thief = HandMadeKey.in(second.settings())) {
            thief.importTransferKey(kek, LABEL, RecipientKeyPair.generate().pair());
        }
        assertThatThrownBy(
                        () -> here.transferKey(kek, there).toCompletableFuture().join())
                .hasMessageContaining("the private transfer key with CKA_ID " + kek + " is not as declared")
                .hasMessageContaining("CKA_LOCAL");
        assertThat(tokens.all().getLast().dataKeyAdministration().deviations(kek, LABEL, true))
                .extracting(Deviation::toString)
                .anyMatch(found -> found.contains("CKA_LOCAL of its private transfer key"));
    }

    private static void refuses(ThrowingCallable attempt, long... expected) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        PKCS11Exception.class, e -> assertThat(expected).contains(e.getErrorCode()));
    }
}
