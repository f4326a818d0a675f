package org.sealkeeper.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.testing.SoftwareChain;

class BatchStatementTest {
    private static final String ROOT = "c0ffee".repeat(10) + "beef";
    private static final String GOOD =
            "{\"leafCount\":12,\"root\":\"" + ROOT + "\",\"signedAt\":\"2026-01-05T08:00:00.120Z\"}";

    @Test
    void isWrittenAsCanonicalJsonAndReadBack() throws Exception {
        var statement = new BatchStatement(TreeHash.ofHex(ROOT), 12, Instant.parse("2026-01-05T08:00:00.12Z"));
        assertThat(new String(statement.canonicalJson(), UTF_8)).isEqualTo(GOOD);
        assertThat(new JsonCanonicalizer(GOOD).getEncodedString()).isEqualTo(GOOD);
        assertThat(BatchStatement.parse(GOOD.getBytes(UTF_8))).isEqualTo(statement);
    }

    @ParameterizedTest
    @MethodSource
    void everyOtherTextIsRefused(String json) {
        assertThat(json).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> BatchStatement.parse(json.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<String> everyOtherTextIsRefused() {
        return Stream.of(
                "",
                "{}",
                GOOD + "\n",
                " " + GOOD,
                GOOD.replace(",", ", "),
                GOOD.replace(":12,", ":0,"),
                GOOD.replace(":12,", ":-1,"),
                GOOD.replace(":12,", ":012,"),
                GOOD.replace(":12,", ":12.0,"),
                GOOD.replace(":12,", ":\"12\","),
                GOOD.replace(":12,", ":65537,"),
                GOOD.replace(":12,", ":99999999999,"),
                GOOD.replace("c0ffee", "C0FFEE"),
                GOOD.replace("beef", "bee"),
                GOOD.replace("beef", "beefbeef"),
                GOOD.replace(".120Z", ".12Z"),
                GOOD.replace(".120Z", ".120+00:00"),
                GOOD.replace("}", ",\"x\":1}"),
                GOOD.replace("{", "{\"leafCount\":12,"),
                new String(SoftwareChain.statements("lab-a", 1).getFirst().canonicalJson(), UTF_8),
                GOOD + " ".repeat(300));
    }

    /** So that neither is ever read as the other, whatever the type of the signature says. */
    @Test
    void noStatementOfABatchIsOneOfABlock() {
        assertThatThrownBy(() -> BlockStatement.parse(GOOD.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProofIsKeptAsItIsAndWhatCanProveNothingIsNone() {
        var tree = new StatementTree(SoftwareChain.statements("lab-a", 0, 1, 2, 3, 4));
        for (int leaf = 0; leaf < 5; leaf++) {
            BatchProof proof = tree.proof(leaf);
            assertThat(BatchProof.parse(proof.text())).isEqualTo(proof);
        }
        String hash = "ab".repeat(32);
        for (Object[] wrong : new Object[][] {
            {-1, 1, List.of()},
            {1, 1, List.of()},
            {0, 0, List.of()},
            {0, 65_537, List.of()},
            {0, 2, List.of(hash.toUpperCase(Locale.ROOT))},
            {0, 2, List.of(hash + "00")},
            {0, 2, List.of("")},
            {0, 2, Collections.nCopies(17, hash)}
        }) {
            @SuppressWarnings("unchecked")
            var hashes = (List<String>) wrong[2];
            assertThatThrownBy(() -> new BatchProof((int) wrong[0], (int) wrong[1], hashes))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aBatchHasOneToSixtyFiveThousandLeaves() {
        assertThatThrownBy(() -> new StatementTree(List.of()).statement(Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new StatementTree(SoftwareChain.statements("lab-a", 0))
                        .statement(Instant.EPOCH)
                        .leafCount())
                .isOne();
    }
}
