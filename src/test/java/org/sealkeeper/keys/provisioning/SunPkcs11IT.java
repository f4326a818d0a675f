package org.sealkeeper.keys.provisioning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.SunPkcs11Oracle;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.JavaProcess;
import org.sealkeeper.testing.TestAppliance;

/** An independent PKCS#11 implementation agrees with ours; Ed25519 is not here because it has none. */
class SunPkcs11IT {
    private static final String MESSAGE = "block 12 of lab-a";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "ES256, SHA256withECDSAinP1363Format",
        "ES384, SHA384withECDSAinP1363Format",
        "PS256, SHA256withRSASSA-PSS"
    })
    void sunPkcs11SeesTheKeyVerifiesOurSignatureAndMakesOneWeVerify(SigningAlgorithm algorithm, String jcaName)
            throws IOException, InterruptedException {
        TestAppliance appliance = TestAppliance.in(folder);
        try (Store store = Store.open(appliance.store());
                ProvisioningLock lock = ProvisioningLock.take(appliance.store());
                Hsm hsm = appliance.token().open()) {
            CataloguedKey key = new Provisioning(
                            Tokens.of(hsm),
                            KeyCatalogue.open(store, List.of(hsm.label())),
                            new SecureRandom(),
                            InstantSource.system(),
                            new ChangePermit(lock, ChangeControl.ofOperator()))
                    .apply(new DeclaredKey(new KeyAlias("lab-a"), KeyPurpose.BLOCK_SIGNING, algorithm), hsm)
                    .key();
            byte[] ours = hsm.signatures()
                    .sign(key.ckaId(), key.verificationKey(), MESSAGE.getBytes(UTF_8))
                    .toCompletableFuture()
                    .join();

            List<String> answers = askSunPkcs11(appliance, jcaName, ours);

            assertThat(answers.get(0)).isEqualTo("[lab-a-v1]");
            assertThat(answers.get(1)).isEqualTo("true");
            byte[] theirs = HexFormat.of().parseHex(answers.get(2));
            assertThat(key.verificationKey().verifies(MESSAGE.getBytes(UTF_8), theirs))
                    .isTrue();
        }
    }

    private static List<String> askSunPkcs11(TestAppliance appliance, String jcaName, byte[] signature)
            throws IOException, InterruptedException {
        Path library = appliance.token().settings().profile().modules().stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow();
        JavaProcess.Result result = JavaProcess.run(
                Map.of(),
                SunPkcs11Oracle.class.getName(),
                List.of(
                        library.toString(),
                        slotOf(appliance.token().label().value()),
                        appliance.token().userPin().toString(),
                        "lab-a-v1",
                        jcaName,
                        MESSAGE,
                        HexFormat.of().formatHex(signature)));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().lines().toList();
    }

    /** As SoftHSM's own tool tells it: a slot's number is another one in each process. */
    private static String slotOf(String label) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder("softhsm2-util", "--show-slots").start();
        String slots = new String(tool.getInputStream().readAllBytes(), UTF_8);
        assertThat(tool.waitFor()).isZero();
        Matcher slot = Pattern.compile("Slot (\\d+)(?:(?!Slot \\d).)*?Label: +" + label, Pattern.DOTALL)
                .matcher(slots);
        assertThat(slot.find()).isTrue();
        return slot.group(1);
    }
}
