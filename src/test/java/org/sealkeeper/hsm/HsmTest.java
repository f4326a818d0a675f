package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.verify.VerificationKey;

class HsmTest {
    private static final byte[] MESSAGE = "block 12 of lab-a".getBytes(UTF_8);

    @TempDir
    private static Path folder;

    private static Hsm hsm;

    @BeforeAll
    static void open() {
        hsm = SoftHsmToken.in(folder).open();
    }

    @AfterAll
    static void close() {
        hsm.close();
    }

    @ParameterizedTest
    @EnumSource
    void aNewKeySignsAndItsAttributesAreAsDeclared(SigningAlgorithm algorithm) {
        CkaId id = CkaId.random(new SecureRandom());
        VerificationKey key = hsm.generate(id, "sign-" + algorithm, algorithm);
        byte[] signature = hsm.sign(id, key, MESSAGE).toCompletableFuture().join();
        assertThat(key.verifies(MESSAGE, signature)).isTrue();
        assertThat(hsm.deviations(id, "sign-" + algorithm, key)).isEmpty();
    }
}
