package org.sealkeeper.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.pki.TestAuthority;
import org.sealkeeper.verify.VerificationKey;

class ChainsFileTest {
    private static final String CHAINS = """
            chains:
              - name: lab-a
                signingKey: lab-a-blocks
                hashLength: 32
                sequence: contiguous
                start: genesis
              - name: lab-b
                signingKey: lab-b-blocks
                hashLength: 32
                sequence: increasing
                start: genesis
            """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("chains.yaml");
    }

    @Test
    void chainsAreReadInTheOrderOfTheFile() throws IOException {
        Files.writeString(file, CHAINS);

        assertThat(reader().read(file).keySet()).containsExactly(new ChainName("lab-a"), new ChainName("lab-b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hashLength: 32       | hashLenght: 32       | 2: expected the field 'hashLength', found none
            sequence: contiguous | sequence: continuous | 5: expected one of contiguous, increasing, found 'continuous'
            sequence: contiguous | sequence: contiguous\\n    satrt: genesis | 6: unknown field 'satrt'; known here: hashLength, name, sequence, signingKey, start
            name: lab-b          | name: lab-a          | 7: chain 'lab-a' is declared twice
            """)
    void whatIsWrongIsNamedWithItsLine(String right, String wrong, String message) throws IOException {
        Files.writeString(file, CHAINS.replaceFirst(right, wrong.translateEscapes()));

        assertThatThrownBy(() -> reader().read(file))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(file + ":" + message);
    }

    /** Every key is active, and nothing is signed yet. */
    private static ChainsFile reader() {
        return new ChainsFile(alias -> Optional.of(key(alias)), _ -> Optional.empty());
    }

    private static CataloguedKey key(KeyAlias alias) {
        var certificate = TestAuthority.root(alias.value()).certificate();
        return new CataloguedKey(
                alias,
                1,
                KeyPurpose.BLOCK_SIGNING,
                KeyState.ACTIVE,
                CkaId.random(new SecureRandom()),
                VerificationKey.of(
                        SigningAlgorithm.ES256, certificate.getPublicKey().getEncoded()),
                certificate,
                Instant.EPOCH);
    }
}
