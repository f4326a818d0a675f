package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.JavaProcess;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.SoftHsmToken;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;

class PolicyProbeTest {
    @TempDir
    private Path folder;

    @Test
    void softHsmRefusesEveryAttemptWithTheExpectedReturnValue() {
        SoftHsmToken token = SoftHsmToken.in(folder);
        try (var officer = SecurityOfficer.open(token.settings().profile(), token.label(), token.soPin())) {
            assertThat(officer.trust(RecipientKeyPair.generate().publicKey(), "lab-a"))
                    .isTrue();
        }
        try (Hsm hsm = token.open()) {
            CkaId kek = CkaId.random(new SecureRandom());
            hsm.dataKeyAdministration().generateKeyEncryptionKey(kek, "patient-data-v1", true);
            List<PolicyAttempt> attempts = hsm.dataKeys()
                    .probePolicy(List.of(kek))
                    .toCompletableFuture()
                    .join();
            assertThat(attempts).hasSizeGreaterThan(50).allMatch(PolicyAttempt::isRefused);
            assertThat(attempts)
                    .extracting(attempt -> attempt.what() + ": " + attempt.found())
                    .contains(
                            "wrapping a data key of a key-encryption key in use to an RSA key nobody trusts: CKR_KEY_NOT_WRAPPABLE",
                            "wrapping a data key of a key-encryption key in use under an AES key nobody trusts: CKR_KEY_NOT_WRAPPABLE",
                            "wrapping a data key of a key-encryption key in use to a recipient with RSA PKCS #1 v1.5: CKR_MECHANISM_INVALID",
                            "reading a data key of a key-encryption key in use: CKR_ATTRIBUTE_SENSITIVE",
                            "letting a data key of a key-encryption key in use decrypt: CKR_ACTION_PROHIBITED",
                            "copying a data key of a key-encryption key in use: CKR_ACTION_PROHIBITED",
                            "unwrapping under a key-encryption key in use with CKA_SENSITIVE false: CKR_TEMPLATE_INCONSISTENT",
                            "unwrapping under a key-encryption key in use with CKA_WRAP_WITH_TRUSTED false: CKR_TEMPLATE_INCONSISTENT",
                            "unwrapping under a key-encryption key in use with no attribute but class and type, and wrapping it to anybody: CKR_TEMPLATE_INCONSISTENT",
                            "wrapping a key-encryption key in use itself: CKR_KEY_UNEXTRACTABLE",
                            "wrapping with AES-CBC under a key-encryption key in use: CKR_MECHANISM_INVALID",
                            "decrypting with a key-encryption key in use: CKR_KEY_FUNCTION_NOT_PERMITTED",
                            "letting a new key-encryption key decrypt: CKR_ACTION_PROHIBITED",
                            "reading a new key-encryption key: CKR_ATTRIBUTE_SENSITIVE",
                            "copying a new key-encryption key: CKR_ACTION_PROHIBITED",
                            "unwrapping under a transfer key in use with CKA_SENSITIVE false: CKR_TEMPLATE_INCONSISTENT",
                            "unwrapping under a transfer key in use with CKA_TOKEN true: CKR_TEMPLATE_INCONSISTENT",
                            "decrypting with a transfer key in use: CKR_KEY_FUNCTION_NOT_PERMITTED",
                            "letting a transfer key in use leave: CKR_ACTION_PROHIBITED",
                            "the user creating a trusted key: CKR_ATTRIBUTE_READ_ONLY");
            assertThat(hsm.dataKeyAdministration().deviations(kek, "patient-data-v1", true))
                    .isEmpty();
        }
        try (var byHand = HandMadeKey.in(token.settings())) {
            assertThat(byHand.objectsWithId(new CkaId("0".repeat(32)))).isZero();
        }
    }

    /** NSS softokn takes every attribute that protects a data key, and enforces none. */
    @Test
    void aTokenThatEnforcesNothingIsFoundOut() throws IOException, InterruptedException {
        Path shim = folder.resolve("nss.so");
        int compiled = new ProcessBuilder(
                        "gcc", "-shared", "-fPIC", "-O1", "-o", shim.toString(), "src/test/native/nss.c", "-ldl")
                .inheritIO()
                .start()
                .waitFor();
        assertThat(compiled).isZero();
        JavaProcess.Result result = JavaProcess.run(
                Map.of(
                        "NSS_MODULE",
                        softokn().toString(),
                        "NSS_PARAMETERS",
                        "configdir='' certPrefix='' keyPrefix='' secmod='' flags=readOnly,noCertDB,noModDB,forceOpen"),
                PolicyProbeTest.class.getName(),
                List.of(shim.toString()));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "wrapping a data key of a new key-encryption key to an RSA key nobody trusts: expected CKR_KEY_NOT_WRAPPABLE, the token answered CKR_OK",
                        "unwrapping under a new key-encryption key with CKA_SENSITIVE false: expected CKR_TEMPLATE_INCONSISTENT, the token answered CKR_OK",
                        "the user creating a trusted key: expected CKR_ATTRIBUTE_READ_ONLY or CKR_USER_NOT_LOGGED_IN, the token answered CKR_OK");
    }

    private static Path softokn() {
        return Stream.of(
                        "/usr/lib/x86_64-linux-gnu/libsoftokn3.so",
                        "/usr/lib/aarch64-linux-gnu/libsoftokn3.so",
                        "/usr/lib64/libsoftokn3.so",
                        "/usr/lib/libsoftokn3.so")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("NSS softokn is not installed; deployment/test installs it"));
    }

    /** The process that asks NSS: it runs in one of its own, since its parameters come from the environment. */
    public static void main(String[] arguments) {
        TokenProfile softHsm = TokenProfile.read(Path.of("hsm-config/softhsm2/profile.yaml"));
        var profile = new TokenProfile(
                "NSS",
                List.of(Path.of(arguments[0])),
                false,
                1,
                1,
                softHsm.deadline(),
                softHsm.hardDeadline(),
                softHsm.probeInterval(),
                softHsm.algorithms(),
                softHsm.recipientAlgorithm(),
                false);
        Token token = TokenSlot.all(Library.of(profile).module()).getFirst();
        Session session = Epoch.openSession(token, true);
        for (PolicyAttempt attempt :
                new PolicyProbe(session, profile.recipientAlgorithm()).run(List.of(), OptionalLong.empty(), Map.of())) {
            if (!attempt.isRefused()) {
                System.out.println(attempt);
            }
        }
        System.out.flush();
        // Nothing of NSS is to run on the way out.
        Runtime.getRuntime().halt(0);
    }
}
