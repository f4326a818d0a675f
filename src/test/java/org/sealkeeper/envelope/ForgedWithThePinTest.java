package org.sealkeeper.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.hsm.HandMadeKey;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.testing.RecipientKeyPair;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/**
 * What a thief of the user PIN can make of wrapped keys. None of it is defended against: docs/threat-model.md says so, and what it is worth,
 * and this test keeps that true.
 */
class ForgedWithThePinTest {
    private static final Context OTHER = Context.of(Map.of("lab", "lab-a", "report", "2026-0002"));

    @TempDir
    private static Path folder;

    private static Desk desk;
    private static KeyEncryptionKey key;

    @BeforeAll
    static void open() {
        desk = new Desk(folder);
        key = desk.keys.active(Desk.PATIENT_DATA).orElseThrow();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void aKnownKeyIsReleasedButNoLeafSaysThatItWasMade() throws PKCS11Exception {
        byte[] known = new byte[32];
        new SecureRandom().nextBytes(known);
        String forged = forged(known);

        assertThat(opened(desk.unwrap(forged, Desk.REPORT))).isEqualTo(known);

        assertThat(leavesOf(forged))
                .contains("unwrap-data-key done")
                .noneMatch(leaf -> leaf.matches("(generate|rewrap)-.*"));
        assertThat(leavesOf(desk.generate().wrapped())).containsExactly("generate-data-key done");
    }

    /** So it would not help if key-encryption keys wrapped only what the token itself made. */
    @Test
    void aKeyThatTheTokenMadeIsKnownToAStrangerBeforeItIsWrapped() throws PKCS11Exception {
        RecipientKeyPair stranger = RecipientKeyPair.generate();
        try (var byHand = HandMadeKey.in(desk.appliance.token().settings())) {
            List<byte[]> made = byHand.makeAndWrapTo(key.ckaId(), stranger.publicKey());
            WrappedKey wrapped = SampleKeys.wrapped(key, made.getLast());
            String forged = SampleKeys.text(wrapped, byHand.bind(key.ckaId(), wrapped.message(Desk.REPORT)));

            assertThat(opened(desk.unwrap(forged, Desk.REPORT))).isEqualTo(stranger.open(made.getFirst()));
        }
    }

    @Test
    void aGenuineKeyIsBoundToAnotherContextButNoLeafSaysThatItWasMade() throws PKCS11Exception {
        String genuine = desk.generate().wrapped();
        String moved;
        try (var byHand = HandMadeKey.in(desk.appliance.token().settings())) {
            WrappedKey wrapped = SampleKeys.claimed(key, genuine).key();
            moved = SampleKeys.text(wrapped, byHand.bind(key.ckaId(), wrapped.message(OTHER)));
        }

        assertThat(opened(desk.unwrap(moved, OTHER))).isEqualTo(opened(desk.unwrap(genuine, Desk.REPORT)));
        assertThat(leavesOf(moved)).noneMatch(leaf -> leaf.matches("(generate|rewrap)-.*"));
    }

    private static String forged(byte[] known) throws PKCS11Exception {
        try (var byHand = HandMadeKey.in(desk.appliance.token().settings())) {
            WrappedKey wrapped = SampleKeys.wrapped(key, byHand.wrapKnown(key.ckaId(), known));
            return SampleKeys.text(wrapped, byHand.bind(key.ckaId(), wrapped.message(Desk.REPORT)));
        }
    }

    private static byte[] opened(DataKeyResult result) {
        String encrypted = ((DataKeyResult.Released) result).encryptedKey();
        return desk.lab.open(Base64.getUrlDecoder().decode(encrypted));
    }

    /** Operation and outcome of each leaf that names this wrapped key. */
    private static List<String> leavesOf(String wrapped) {
        return desk.leaves(0).stream()
                .filter(leaf -> leaf.says(LeafField.DATA_KEY, DataKeyId.of(wrapped)))
                .map(ForgedWithThePinTest::what)
                .toList();
    }

    private static String what(RecordedLeaf leaf) {
        return leaf.text(LeafField.OPERATION).orElseThrow() + " "
                + leaf.text(LeafField.OUTCOME).orElseThrow();
    }
}
