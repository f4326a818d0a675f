package org.sealkeeper.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.testing.SoftwareKey;

class VerifierTest {
    private static final byte[] MESSAGE = "block 12".getBytes(UTF_8);
    private static final byte[] OTHER = "block 13".getBytes(UTF_8);

    @ParameterizedTest
    @EnumSource
    void aVerifierJudgesEachSignatureAloneWhateverItJudgedBefore(SigningAlgorithm algorithm) {
        SoftwareKey key = SoftwareKey.generate(algorithm, 1);
        byte[] signature = key.sign(MESSAGE);
        byte[] changed = signature.clone();
        changed[signature.length - 1] ^= 1;
        Verifier verifier = key.verificationKey().verifier();
        for (int i = 0; i < 3; i++) {
            assertThat(verifier.verifies(MESSAGE, signature)).isTrue();
            assertThat(verifier.verifies(OTHER, signature)).isFalse();
            assertThat(verifier.verifies(MESSAGE, changed)).isFalse();
            assertThat(verifier.verifies(MESSAGE, new byte[signature.length])).isFalse();
            assertThat(verifier.verifies(MESSAGE, new byte[0])).isFalse();
        }
        assertThat(verifier.verifies(OTHER, key.sign(OTHER))).isTrue();
    }
}
