package org.sealkeeper.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sealkeeper.ledger.verification.BlockLine;
import org.sealkeeper.ledger.verification.BlockVerdict;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.testing.SoftwareChain;
import org.sealkeeper.verify.CompactJws;
import org.sealkeeper.verify.PublicKeyFile;
import org.sealkeeper.verify.TrustedKeys;

/** docs/formats/block-batch.md and its golden file: what was given out once is good for ever. */
class BlockBatchFormatTest {
    private static final List<BlockStatement> BLOCKS = SoftwareChain.statements("lab-a", 0, 1, 2);
    private static final List<String> GOLDEN =
            new String(resource("block-batch.ndjson"), US_ASCII).lines().toList();

    @Test
    void theGoldenBlocksAreValid() {
        var trusted = new TrustedKeys(
                PublicKeyFile.parse(resource("block-batch-jwks.json")).keys());
        for (int i = 0; i < BLOCKS.size(); i++) {
            assertThat(new BlockLine(trusted).judge(GOLDEN.get(i)))
                    .isInstanceOfSatisfying(
                            BlockVerdict.Valid.class,
                            valid -> assertThat(valid.statement()).isIn(BLOCKS));
        }
    }

    @Test
    void theTreeOfTheGoldenBlocksIsMadeTheSameToday() throws Exception {
        var json = new ObjectMapper();
        var tree = new StatementTree(BLOCKS);
        for (int i = 0; i < BLOCKS.size(); i++) {
            JsonNode block = json.readTree(GOLDEN.get(i));
            assertThat(block.get("statement").asText())
                    .isEqualTo(new String(BLOCKS.get(i).canonicalJson(), US_ASCII));
            assertThat(json.treeToValue(block.get("proof"), BatchProof.class)).isEqualTo(tree.proof(i));
            byte[] payload = CompactJws.parse(block.get("signature").asText()).payload();
            var said = BatchStatement.parse(payload);
            assertThat(tree.statement(said.signedAt()).canonicalJson()).isEqualTo(payload);
        }
    }

    @Test
    void thePageShowsTheGoldenBatch() throws IOException {
        String page = Files.readString(Path.of("docs/formats/block-batch.md"));
        List<TreeHash> leaves = BLOCKS.stream()
                .map(block -> TreeHash.ofLeaf(block.canonicalJson()))
                .toList();
        TreeHash node = TreeHash.ofChildren(leaves.get(0), leaves.get(1));
        TreeHash root = TreeHash.ofChildren(node, leaves.get(2));
        String signature =
                new ObjectMapper().readTree(GOLDEN.getFirst()).get("signature").asText();
        assertThat(page)
                .contains(new String(BLOCKS.getFirst().canonicalJson(), US_ASCII) + "\n")
                .contains(new String(CompactJws.parse(signature).payload(), US_ASCII) + "\n")
                .contains("| node | `" + node.hex() + "` |\n", "| root | `" + root.hex() + "` |\n")
                .contains("{\"leafIndex\":0,\"leafCount\":3,\"hashes\":[\""
                        + leaves.get(1).hex() + "\",\"" + leaves.get(2).hex() + "\"]}");
        IntStream.range(0, 3)
                .forEach(i -> assertThat(page).contains("`" + leaves.get(i).hex() + "` |\n"));
    }

    private static byte[] resource(String name) {
        try (InputStream golden = BlockBatchFormatTest.class.getResourceAsStream("/golden/" + name)) {
            return Objects.requireNonNull(golden, name).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
