package org.sealkeeper.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;

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

    private static final String BATCHED = """
            batches: {milliseconds: 5, statements: 250}
            chains:
              - {name: lab-a, signingKey: one, hashLength: 32, sequence: contiguous, start: genesis,
                 signatures: batched}
              - {name: lab-b, signingKey: one, hashLength: 32, sequence: contiguous, start: genesis}
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
            sequence: contiguous | sequence: contiguous\\n    satrt: genesis | 6: unknown field 'satrt'; known here: ceiling, hashLength, name, sequence, signatures, signingKey, start
            sequence: increasing | sequence: increasing\\n    ceiling: -1 | 11: expected an integer from 0 to 9007199254740991, found '-1'
            sequence: increasing | sequence: increasing\\n    ceiling: none | 11: expected an integer from 0 to 9007199254740991, found 'none'
            name: lab-b          | name: lab-a          | 7: chain 'lab-a' is declared twice
            """)
    void whatIsWrongIsNamedWithItsLine(String right, String wrong, String message) throws IOException {
        Files.writeString(file, CHAINS.replaceFirst(right, wrong.translateEscapes()));

        assertThatThrownBy(() -> reader().read(file))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(file + ":" + message);
    }

    @Test
    void aCeilingIsAHeightThatTheChainMayReach() throws IOException {
        Files.writeString(file, CHAINS.replaceFirst("start: genesis", "start: genesis\n    ceiling: 12"));

        Map<ChainName, Chain> chains = reader().read(file);
        assertThat(chains.get(new ChainName("lab-a")).ceiling()).contains(new Height(12));
        assertThat(chains.get(new ChainName("lab-b")).ceiling()).isEmpty();

        String anchored = "start: {height: 120, hash: \"" + "9".repeat(64) + "\"}\n    ceiling: 120";
        Files.writeString(file, CHAINS.replaceFirst("start: genesis", anchored));
        assertThatThrownBy(() -> reader().read(file))
                .hasMessage(file + ":7: expected an integer from 121 to 9007199254740991, found '120'");
    }

    @Test
    void requestsForSingleBlocksAreCollectedWhereAChainSaysSo() throws IOException {
        Files.writeString(file, BATCHED);

        Map<ChainName, Chain> chains = reader().read(file);
        assertThat(chains.get(new ChainName("lab-a")).batches()).contains(new BatchBounds(Duration.ofMillis(5), 250));
        assertThat(chains.get(new ChainName("lab-b")).batches()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            signatures: batched   | signatures: merkle    | 4: expected one of batched, individual, found 'merkle'
            signatures: batched   | signatures: individual | 1: expected a chain with 'signatures: batched', found none
            batches: .*           | # none                | 4: expected 'batches' beside 'chains' where signatures are batched, found none; such as batches: {milliseconds: 0, statements: 1000}
            milliseconds: 5       | milliseconds: 1001    | 1: expected an integer from 0 to 1000, found '1001'
            milliseconds: 5       | milliseconds: -1      | 1: expected an integer from 0 to 1000, found '-1'
            milliseconds: 5, *    | ''                    | 1: expected the field 'milliseconds', found none
            statements: 250       | statements: 0         | 1: expected an integer from 1 to 1000, found '0'
            statements: 250       | statements: 1001      | 1: expected an integer from 1 to 1000, found '1001'
            statements: 250       | statements: 250, x: 1 | 1: unknown field 'x'; known here: milliseconds, statements
            """)
    void wrongBoundsOfBatchesAreNamedWithTheirLine(String right, String wrong, String message) throws IOException {
        Files.writeString(file, BATCHED.replaceFirst(right, wrong));

        assertThatThrownBy(() -> reader().read(file))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(file + ":" + message);
    }

    /** Every key signs blocks, and nothing is signed yet. */
    private static ChainsFile reader() {
        return new ChainsFile(_ -> true, _ -> Optional.empty());
    }
}
