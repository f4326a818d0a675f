package org.sealkeeper.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.testing.SoftwareChain;
import org.sealkeeper.testing.SoftwareKey;

/** The auditor's script without our code, on the same chains as our verifier. */
class VerifyWithOpensslIT {
    private static final Path SCRIPT = Path.of("deployment/verify-with-openssl").toAbsolutePath();
    private static final SoftwareKey KEY = SoftwareKey.generate(SigningAlgorithm.ES256, 1);
    private static final SoftwareKey OTHER = SoftwareKey.generate(SigningAlgorithm.ES256, 2);
    private static final List<String> GOOD = lines(KEY, "lab-a", 0, 1, 2, 3);
    private static final List<String> BATCH = SoftwareChain.batch(KEY, SoftwareChain.statements("lab-a", 0, 1, 2, 3));

    @TempDir
    Path folder;

    private record Run(int exit, String output) {}

    /** Ten blocks, so that leading zeros and high bits of r and s are likely among them; any case must do. */
    @ParameterizedTest
    @EnumSource(names = {"ES256", "ES384"})
    void aGoodChainIsValid(SigningAlgorithm algorithm) throws Exception {
        var key = SoftwareKey.generate(algorithm, 5);
        var chain = lines(key, "lab-a", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9).stream()
                .map(line -> line.replace("}", ",\"auditIndex\":7}"))
                .toList();
        assertThat(run(key, chain))
                .isEqualTo(new Run(
                        0,
                        "chain lab-a: 10 blocks, heights 0..9, head " + SoftwareChain.hash("lab-a", 9) + ": valid\n"));
    }

    @ParameterizedTest
    @MethodSource
    void aTamperedChainIsFoundAtItsLine(String what, List<String> chain, int line, String reason) throws Exception {
        var run = run(KEY, chain);
        assertThat(run.output()).as(what).contains("line " + line + ": ").contains(reason);
        assertThat(run.exit()).isEqualTo(1);
    }

    static Stream<Object[]> aTamperedChainIsFoundAtItsLine() {
        String second = GOOD.get(2);
        String otherHash = SoftwareChain.hash("lab-b", 2).hex();
        var block = SoftwareChain.statements("lab-a", 2).getFirst();
        return Stream.of(new Object[][] {
            {"empty", List.of(), 0, "at least one block"},
            {"genesis dropped", GOOD.subList(1, 4), 1, "expected height 0"},
            {"dropped", List.of(GOOD.get(0), GOOD.get(1), GOOD.get(3)), 3, "expected height 2, found 3"},
            {"reordered", List.of(GOOD.get(0), second, GOOD.get(1)), 2, "expected height 1"},
            {"duplicated", List.of(GOOD.get(0), GOOD.get(0)), 2, "expected height 1"},
            {"foreign", replaced(lines(KEY, "lab-b", 2).getFirst()), 3, "found one of lab-b"},
            {"forked", replaced(forked(block)), 4, "broken link"},
            {"other key", replaced(lines(OTHER, "lab-a", 2).getFirst()), 3, "expected key"},
            {"other key under this name", replaced(disguised(block)), 3, "not that of this key"},
            {"hash changed", replaced(second.replace(block.blockHash().hex(), otherHash)), 3, "not what the line says"},
            {"time changed", replaced(second.replace("08:00:02", "08:00:03")), 3, "not what the line says"},
            {"chain changed", replaced(second.replace("lab-a", "lab-b")), 3, "not what the line says"},
            {"algorithm changed", replaced(second.replace("\"ES256\"", "\"ES384\"")), 3, "expected key"},
            {"signature changed", replaced(flippedSignature(second)), 3, "not that of this key"},
            {"signature cut", replaced(second.replaceFirst("......\"}$", "\"}")), 3, "64 bytes"},
            {"signature longer", replaced(second.replaceFirst("\"}$", "AAAA\"}")), 3, "64 bytes"},
            {"zero signature", replaced(second.replaceFirst("[^.]{86}\"}$", "A".repeat(86) + "\"}")), 3, "not that of"},
            {"signed text in other words", replaced(reworded(block)), 3, "not what the line says"},
        });
    }

    /** Single signatures, then trees of every size up to nine. */
    @ParameterizedTest
    @EnumSource(names = {"ES256", "ES384"})
    void aChainWithBatchesIsValid(SigningAlgorithm algorithm) throws Exception {
        var key = SoftwareKey.generate(algorithm, 5);
        List<String> chain = new ArrayList<>(lines(key, "lab-a", 0, 1));
        for (int size = 1; size <= 9; size++) {
            long[] heights = LongStream.range(chain.size(), chain.size() + size).toArray();
            chain.addAll(SoftwareChain.batch(key, SoftwareChain.statements("lab-a", heights)));
        }
        chain.replaceAll(line -> line.replaceFirst("}$", ",\"auditIndex\":7}"));
        assertThat(run(key, chain).output()).contains("chain lab-a: 47 blocks, heights 0..46", ": valid\n");
    }

    @ParameterizedTest
    @MethodSource
    void aTamperedBatchIsFoundAtItsLine(String what, String line, String reason) throws Exception {
        List<String> chain = new ArrayList<>(BATCH);
        assertThat(line).isNotEqualTo(chain.set(2, line));
        var run = run(KEY, chain);
        assertThat(run.output()).as(what).contains("line 3: ").contains(reason).contains("invalid");
        assertThat(run.exit()).isEqualTo(1);
    }

    static Stream<Object[]> aTamperedBatchIsFoundAtItsLine() {
        String good = BATCH.get(2);
        String others = BATCH.get(1).substring(BATCH.get(1).indexOf("\"proof\""));
        BlockStatement block = SoftwareChain.statements("lab-a", 2).getFirst();
        return Stream.of(new Object[][] {
            {"another index", good.replace("\"leafIndex\":2", "\"leafIndex\":3"), "the proof does not show"},
            {"an index outside", good.replace("\"leafIndex\":2", "\"leafIndex\":4"), "the proof does not show"},
            {"another count", good.replace("\"leafCount\":4", "\"leafCount\":5"), "expected a leafCount of 4"},
            {"another's proof", good.replaceFirst("\"proof\".*", Matcher.quoteReplacement(others)), "the proof does"},
            {"a changed hash", good.replaceFirst("\"hashes\":\\[\"..", "\"hashes\":[\"00"), "the proof does not show"},
            {"a hash too few", good.replaceFirst("\"hashes\":\\[\"[^,]*,", "\"hashes\":["), "the proof does not show"},
            {"a hash too many", good.replaceFirst("]", ",\"" + "ab".repeat(32) + "\"]"), "the proof does not show"},
            {"another statement", good.replace("\\\"height\\\":2", "\\\"height\\\":3"), "statement is not what"},
            {"another height beside it", good.replaceFirst("\"height\":2", "\"height\":3"), "statement is not what"},
            {"no statement and no proof", good.replaceFirst(",\"statement\".*", "}"), "not what the line says"},
            {
                "a proof beside a block's own signature",
                SoftwareChain.batched(SoftwareChain.line(KEY, block), block, new BatchProof(0, 1, List.of())),
                "not that of a batch"
            },
            {
                "a batch under the type of a block",
                SoftwareChain.batched(
                        SoftwareChain.line(
                                KEY,
                                block,
                                KEY.jws(BlockStatement.TYPE, tree(block).canonicalJson())),
                        block,
                        new BatchProof(0, 1, List.of())),
                "not what the line says"
            },
            {
                "another key's",
                SoftwareChain.batch(new SoftwareKey(KEY.verificationKey(), OTHER.privateKey()), List.of(block))
                        .getFirst(),
                "not that of this key"
            },
        });
    }

    private static BatchStatement tree(BlockStatement block) {
        return new StatementTree(List.of(block)).statement(block.signedAt());
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoSignedBlockIsUnreadableAndNotInvalid(String what, List<String> chain, String reason) throws Exception {
        var run = run(KEY, chain);
        assertThat(run.output())
                .as(what)
                .contains("line 3: ")
                .contains(reason)
                .contains("no signature was judged")
                .doesNotContain("invalid");
        assertThat(run.exit()).isEqualTo(2);
    }

    static Stream<Object[]> whatIsNoSignedBlockIsUnreadableAndNotInvalid() {
        String second = GOOD.get(2);
        return Stream.of(new Object[][] {
            {"signature padded", replaced(second.replaceFirst("\"}$", "==\"}")), "not a signed block"},
            {"stray bits", replaced(strayBit(second)), "canonical"},
            {"unknown field", replaced(second.replace("}", ",\"x\":1}")), "not a signed block"},
            {"no JSON", replaced("block"), "not a signed block"},
            {
                "a statement without a proof",
                replaced(BATCH.get(2).replaceFirst(",\"proof\".*", "}")),
                "not a signed block"
            },
        });
    }

    @Test
    void marksAndBlankLinesOfEditorsAreNoFault() throws Exception {
        List<String> edited = new ArrayList<>();
        GOOD.forEach(line -> edited.add((edited.isEmpty() ? "\ufeff" : "") + line + "\r"));
        edited.add("\r");
        assertThat(run(KEY, edited)).isEqualTo(run(KEY, GOOD));
        assertThat(run(KEY, edited).exit()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"EDDSA", "PS256"})
    void anotherKindOfKeyIsWrongUsage(SigningAlgorithm algorithm) throws Exception {
        var run = run(SoftwareKey.generate(algorithm, 6), GOOD);
        assertThat(run.output()).contains("expected a PEM public key on P-256 or P-384");
        assertThat(run.exit()).isEqualTo(2);
    }

    private Run run(SoftwareKey key, List<String> chain) throws IOException, InterruptedException {
        Path pem = folder.resolve("key.pem");
        Path blocks = folder.resolve("blocks.ndjson");
        Files.writeString(
                pem,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(key.verificationKey().spki())
                        + "\n-----END PUBLIC KEY-----\n");
        Files.write(blocks, chain);
        var process = new ProcessBuilder(SCRIPT.toString(), pem.toString(), blocks.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output);
    }

    private static List<String> lines(SoftwareKey key, String chain, long... heights) {
        return SoftwareChain.statements(chain, heights).stream()
                .map(block -> SoftwareChain.line(key, block))
                .toList();
    }

    private static List<String> replaced(String line) {
        var lines = new ArrayList<>(GOOD);
        lines.set(2, line);
        return lines;
    }

    private static String forked(BlockStatement block) {
        return SoftwareChain.line(
                KEY,
                new BlockStatement(
                        block.chain(),
                        block.height(),
                        block.previousHash(),
                        SoftwareChain.hash("fork", 2),
                        block.signedAt()));
    }

    /** Everything says this key, but another one signed. */
    private static String disguised(BlockStatement block) {
        var disguise = new SoftwareKey(KEY.verificationKey(), OTHER.privateKey());
        return SoftwareChain.line(disguise, block);
    }

    /** Rightly signed, and of the same meaning, but not the canonical text. */
    private static String reworded(BlockStatement block) {
        String text = new String(block.canonicalJson(), UTF_8).replace(",", ", ");
        return SoftwareChain.line(KEY, block, KEY.jws(BlockStatement.TYPE, text.getBytes(UTF_8)));
    }

    private static String flippedSignature(String line) {
        int index = line.length() - 12;
        char flipped = line.charAt(index) == 'A' ? 'B' : 'A';
        return line.substring(0, index) + flipped + line.substring(index + 1);
    }

    /** The next letter of the alphabet in the last place stands for the same 64 bytes. */
    private static String strayBit(String line) {
        int index = line.length() - 3;
        return line.substring(0, index) + (char) (line.charAt(index) + 1) + line.substring(index + 1);
    }
}
