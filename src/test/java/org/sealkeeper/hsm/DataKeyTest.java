package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.util.Base64URL;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESWrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.hsm.DataKeyOutcome.NewDataKey;
import org.sealkeeper.hsm.DataKeyOutcome.NotAWrappedKey;
import org.sealkeeper.hsm.DataKeyOutcome.RecipientNotTrusted;
import org.sealkeeper.hsm.DataKeyOutcome.Released;
import org.sealkeeper.hsm.DataKeyOutcome.ReleasedKey;
import org.sealkeeper.hsm.DataKeyOutcome.RewrappedKey;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.testing.OfficerProcess;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.SoftHsmToken;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

class DataKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final RecipientKeyPair LAB = RecipientKeyPair.generate();

    @TempDir
    private static Path folder;

    private static SoftHsmToken token;
    private static Hsm hsm;
    private static CkaId kek;
    private static CkaId next;
    private static CkaId transit;

    /** The officer creates the transit key's public half between two logins of the user, as the command does. */
    @BeforeAll
    static void open() {
        token = SoftHsmToken.in(folder);
        transit = CkaId.random(RANDOM);
        RecipientKey transitKey;
        try (Hsm user = token.open()) {
            kek = newKek(user, "patient-data-v1");
            next = newKek(user, "patient-data-v2");
            transitKey = user.dataKeyAdministration().generateTransitKey(transit, "transit");
        }
        try (var officer = SecurityOfficer.open(token.settings().profile(), token.label(), token.soPin())) {
            assertThat(officer.trust(LAB.publicKey(), "lab-a")).isTrue();
            assertThat(officer.trust(LAB.publicKey(), "lab-a")).isFalse();
            officer.trustTransit(transit, "transit", transitKey);
        }
        hsm = token.open();
    }

    @AfterAll
    static void close() {
        hsm.close();
    }

    private static CkaId newKek(Hsm hsm, String label) {
        CkaId id = CkaId.random(RANDOM);
        hsm.dataKeyAdministration().generateKeyEncryptionKey(id, label, false);
        assertThat(hsm.dataKeyAdministration().deviations(id, label, false)).isEmpty();
        return id;
    }

    private static NewDataKey generate() {
        return (NewDataKey) hsm.dataKeys()
                .generate(kek, LAB.publicKey(), List.of())
                .toCompletableFuture()
                .join();
    }

    private static Released release(CkaId under, byte[] wrapped, RecipientKey recipient) {
        return hsm.dataKeys()
                .release(under, wrapped, recipient)
                .toCompletableFuture()
                .join();
    }

    private static byte[] released(CkaId under, byte[] wrapped) {
        return LAB.open(((ReleasedKey) release(under, wrapped, LAB.publicKey())).encryptedKey());
    }

    @Test
    void aReleasedKeyIsTheOneThatWasGenerated() {
        NewDataKey made = generate();
        assertThat(made.wrapped()).hasSize(40);
        assertThat(LAB.open(made.released().encryptedKey())).hasSize(32).isEqualTo(released(kek, made.wrapped()));
    }

    @Test
    void everyDataKeyIsAnother() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            assertThat(keys.add(Arrays.toString(LAB.open(generate().released().encryptedKey()))))
                    .isTrue();
        }
    }

    @Test
    void anEncryptedKeyIsThatOfAJwe() throws Exception {
        ReleasedKey released = generate().released();
        byte[] encryptedKey = released.encryptedKey();
        var header = new JWEHeader(JWEAlgorithm.parse(released.alg()), EncryptionMethod.A256GCM);
        var sealed = new JWEObject(header, new Payload("a laboratory report"));
        var dataKey = new SecretKeySpec(LAB.open(encryptedKey), "AES");
        sealed.encrypt(new RSAEncrypter((RSAPublicKey) LAB.pair().getPublic(), dataKey));
        var jwe = new JWEObject(
                sealed.getHeader().toBase64URL(),
                Base64URL.encode(encryptedKey),
                sealed.getIV(),
                sealed.getCipherText(),
                sealed.getAuthTag());
        jwe.decrypt(new RSADecrypter(LAB.pair().getPrivate()));
        assertThat(jwe.getPayload().toString()).isEqualTo("a laboratory report");
    }

    @Test
    void aWrappedKeyIsThatOfRfc3394() throws InvalidCipherTextException {
        CkaId known = CkaId.random(RANDOM);
        byte[] value = new byte[32];
        RANDOM.nextBytes(value);
        try (var byHand = HandMadeKey.in(token.settings())) {
            byHand.importKeyEncryptionKey(known, "known", value);
        }
        NewDataKey made = (NewDataKey) hsm.dataKeys()
                .generate(known, LAB.publicKey(), List.of())
                .toCompletableFuture()
                .join();
        var oracle = new AESWrapEngine();
        oracle.init(false, new KeyParameter(value));
        assertThat(oracle.unwrap(made.wrapped(), 0, made.wrapped().length))
                .isEqualTo(LAB.open(made.released().encryptedKey()));
    }

    @Test
    void aRewrappedKeyIsTheSameUnderAnotherKey() {
        NewDataKey made = generate();
        var rewrapped = (RewrappedKey) hsm.dataKeys()
                .rewrap(kek, Optional.of(next), transit, made.wrapped(), List.of())
                .toCompletableFuture()
                .join();
        assertThat(rewrapped.wrapped().orElseThrow()).isNotEqualTo(made.wrapped());
        assertThat(released(next, rewrapped.wrapped().orElseThrow()))
                .isEqualTo(LAB.open(made.released().encryptedKey()));
        assertThat(release(kek, rewrapped.wrapped().orElseThrow(), LAB.publicKey()))
                .isEqualTo(new NotAWrappedKey());
    }

    @Test
    void whatIsNoKeyWrappedUnderThisOneIsRefused() {
        byte[] wrapped = generate().wrapped();
        for (int bit = 0; bit < wrapped.length * 8; bit++) {
            byte[] flipped = wrapped.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(release(kek, flipped, LAB.publicKey())).isEqualTo(new NotAWrappedKey());
        }
        assertThat(release(next, wrapped, LAB.publicKey())).isEqualTo(new NotAWrappedKey());
        assertThat(release(kek, Arrays.copyOf(wrapped, 39), LAB.publicKey())).isEqualTo(new NotAWrappedKey());
        assertThat(release(kek, Arrays.copyOf(wrapped, 48), LAB.publicKey())).isEqualTo(new NotAWrappedKey());
        assertThat(release(kek, new byte[0], LAB.publicKey())).isEqualTo(new NotAWrappedKey());
        assertThat(hsm.dataKeys()
                        .rewrap(next, Optional.of(kek), transit, wrapped, List.of())
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new NotAWrappedKey());
        assertThat(released(kek, wrapped)).hasSize(32);
    }

    @Test
    void nobodyButATrustedRecipientGetsAKey() throws Exception {
        RecipientKeyPair stranger = RecipientKeyPair.generate();
        byte[] wrapped = generate().wrapped();
        assertThat(release(kek, wrapped, stranger.publicKey())).isEqualTo(new RecipientNotTrusted());
        try (var byHand = HandMadeKey.in(token.settings())) {
            byHand.createPublicKey(stranger.publicKey());
        }
        assertThat(release(kek, wrapped, stranger.publicKey())).isEqualTo(new RecipientNotTrusted());
        assertThat(hsm.dataKeys()
                        .generate(kek, stranger.publicKey(), List.of())
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new RecipientNotTrusted());
    }

    @Test
    void aRecipientIsTrustedAndForgottenBesideTheRunningService() {
        RecipientKeyPair clinician = RecipientKeyPair.generate();
        byte[] wrapped = generate().wrapped();
        assertThat(release(kek, wrapped, clinician.publicKey())).isEqualTo(new RecipientNotTrusted());
        OfficerProcess.trust(token, clinician.publicKey());
        var released = (ReleasedKey) release(kek, wrapped, clinician.publicKey());
        assertThat(clinician.open(released.encryptedKey())).isEqualTo(released(kek, wrapped));
        OfficerProcess.distrust(token, clinician.publicKey());
        assertThat(release(kek, wrapped, clinician.publicKey())).isEqualTo(new RecipientNotTrusted());
        OfficerProcess.trust(token, clinician.publicKey());
        assertThat(release(kek, wrapped, clinician.publicKey())).isInstanceOf(ReleasedKey.class);
    }

    @Test
    void aThousandReleasesLeaveNothingInTheToken() throws PKCS11Exception {
        byte[] wrapped = generate().wrapped();
        byte[] forged = wrapped.clone();
        forged[0] ^= 1;
        for (int i = 0; i < 1_000; i++) {
            assertThat(release(kek, i % 10 == 0 ? forged : wrapped, LAB.publicKey()))
                    .isInstanceOf(i % 10 == 0 ? NotAWrappedKey.class : ReleasedKey.class);
        }
        try (var byHand = HandMadeKey.in(token.settings())) {
            assertThat(byHand.sessionKeys()).isZero();
        }
    }

    @Test
    void anAuthenticationIsThatOfHmacSha256AndDependsOnTheKey() throws Exception {
        byte[] message = "context".getBytes(UTF_8);
        byte[] first =
                hsm.dataKeys().authenticate(kek, message).toCompletableFuture().join();
        assertThat(first)
                .hasSize(32)
                .isEqualTo(hsm.dataKeys()
                        .authenticate(kek, message)
                        .toCompletableFuture()
                        .join())
                .isNotEqualTo(hsm.dataKeys()
                        .authenticate(next, message)
                        .toCompletableFuture()
                        .join());
        CkaId known = CkaId.random(RANDOM);
        try (var byHand = HandMadeKey.in(token.settings())) {
            byHand.importBindingKey(known, "known", new byte[32]);
        }
        Mac oracle = Mac.getInstance("HmacSHA256");
        oracle.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        assertThat(hsm.dataKeys()
                        .authenticate(known, message)
                        .toCompletableFuture()
                        .join())
                .isEqualTo(oracle.doFinal(message));
    }

    /** Windows are closed while the appliance runs: who asks for one that is gone must not have the token let in anew. */
    @Test
    void aTransitKeyThatIsGoneSaysNothingOfTheToken() {
        NewDataKey made = generate();
        assertThatThrownBy(() -> hsm.dataKeys()
                        .rewrap(kek, Optional.of(next), CkaId.random(RANDOM), made.wrapped(), List.of())
                        .toCompletableFuture()
                        .join())
                .cause()
                .isInstanceOfSatisfying(
                        HsmFault.class, fault -> assertThat(fault.meaning()).isEqualTo(Meaning.OWN_FAULT));
    }

    @Test
    void aKeyThatIsNotThereIsAFault() {
        CkaId nobody = CkaId.random(RANDOM);
        assertThatThrownBy(() -> release(nobody, generate().wrapped(), LAB.publicKey()))
                .cause()
                .isInstanceOf(HsmFault.class)
                .hasMessage("expected exactly one key-encryption key with CKA_ID " + nobody + " in the token, found 0");
    }
}
