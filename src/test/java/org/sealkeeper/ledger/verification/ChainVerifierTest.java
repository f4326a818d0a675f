package org.sealkeeper.ledger.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.Sequence;
import org.sealkeeper.testing.SoftwareChain;
import org.sealkeeper.testing.SoftwareKey;
import org.sealkeeper.verify.TrustedKeys;

class ChainVerifierTest {
    private static final SoftwareKey KEY = SoftwareKey.generate(SigningAlgorithm.ES256, 1);
    private static final SoftwareKey NEWER_KEY = SoftwareKey.generate(SigningAlgorithm.EDDSA, 2);
    private static final SoftwareKey UNTRUSTED = SoftwareKey.generate(SigningAlgorithm.ES256, 3);
    private static final List<String> GOOD = lines(KEY, 0, 1, 2, 3, 4, 5);
    private static final ChainExpectation NOTHING_KNOWN =
            new ChainExpectation(Optional.empty(), Optional.empty(), Sequence.CONTIGUOUS, Optional.empty());
    private static final ChainExpectation INCREASING =
            new ChainExpectation(Optional.empty(), Optional.empty(), Sequence.INCREASING, Optional.empty());

    @Test
    void aGoodChainIsValid() {
        assertThat(verify(NOTHING_KNOWN, GOOD))
                .isEqualTo(new ChainVerdict.Valid(
                        new ChainName("lab-a"),
                        6,
                        new Height(0),
                        new Height(5),
                        Set.of(KEY.verificationKey().keyId()),
                        SoftwareChain.hash("lab-a", 5)));
    }

    @Test
    void aChainMayChangeItsKey() {
        var chain = new ArrayList<>(GOOD.subList(0, 3));
        chain.addAll(lines(NEWER_KEY, 3, 4));
        assertThat(verify(NOTHING_KNOWN, chain))
                .isInstanceOfSatisfying(
                        ChainVerdict.Valid.class,
                        valid -> assertThat(valid.keys()).hasSize(2));
    }

    @Test
    void theAuditIndexAndTheOrderOfMembersAreFree() {
        var chain = GOOD.stream()
                .map(line -> line.replaceFirst("\\{(\"chain\":\"lab-a\"),", "{\"auditIndex\":17,")
                        .replace("}", ",\"chain\":\"lab-a\"}"))
                .toList();
        assertThat(verify(NOTHING_KNOWN, chain)).isInstanceOf(ChainVerdict.Valid.class);
    }

    @ParameterizedTest
    @MethodSource
    void everyTamperedChainIsFoundAtItsHeight(String what, List<String> chain, long line, Long height, String reason) {
        assertInvalid(verify(NOTHING_KNOWN, chain), line, height, reason);
    }

    static Stream<Object[]> everyTamperedChainIsFoundAtItsHeight() {
        String other = SoftwareChain.hash("lab-b", 3).hex();
        String third = GOOD.get(3);
        return Stream.of(new Object[][] {
            {"empty", List.of(), 0L, null, "at least one block"},
            {"genesis dropped", GOOD.subList(1, 6), 1L, 1L, "begin at height 0"},
            {"dropped", without(3), 4L, 4L, "expected height 3, found 4"},
            {"reordered", swapped(3, 4), 4L, 4L, "expected height 3, found 4"},
            {"duplicated", with(4, third), 5L, 3L, "expected height 4, found 3"},
            {
                "foreign block",
                replaced(3, line(KEY, "lab-b", 3)),
                4L,
                3L,
                "expected a block of chain lab-a, found one of lab-b"
            },
            {"untrusted key", replaced(3, line(UNTRUSTED, "lab-a", 3)), 4L, 3L, "not among the trusted keys"},
            {"forked", replaced(3, forked(3)), 5L, 4L, "broken link"},
            {"forked genesis", replaced(0, forked(0)), 2L, 1L, "broken link"},
            {"genesis with a link", replaced(0, genesisWithLink()), 1L, 0L, "broken link"},
            {"chain changed", changed("\"lab-a\"", "\"lab-b\""), 4L, 3L, "'chain'"},
            {"height changed", changed("\"height\":3", "\"height\":4"), 4L, 4L, "'height'"},
            {"height as text", changed("\"height\":3", "\"height\":\"3\""), 4L, null, "'height'"},
            {"previousHash changed", changed(SoftwareChain.hash("lab-a", 2).hex(), other), 4L, 3L, "'previousHash'"},
            {"blockHash changed", changed(SoftwareChain.hash("lab-a", 3).hex(), other), 4L, 3L, "'blockHash'"},
            {"signedAt changed", changed("08:00:03", "08:00:04"), 4L, 3L, "'signedAt'"},
            {"keyId changed", changed(kid(KEY), kid(UNTRUSTED)), 4L, 3L, "'keyId'"},
            {"algorithm changed", changed("ES256", "ES384"), 4L, 3L, "'algorithm'"},
            {"signature of a neighbour", replaced(3, third.replace(jws(third), jws(GOOD.get(2)))), 4L, 3L, "expected '"
            },
            {"signature changed", replaced(3, flippedSignature(third)), 4L, 3L, "not that of key"},
            {"field missing", changed("\"algorithm\":\"ES256\",", ""), 4L, 3L, "'algorithm'"},
            {"unknown field", changed("}", ",\"comment\":\"\"}"), 4L, 3L, "no member 'comment'"},
            {"bad audit index", changed("}", ",\"auditIndex\":-1}"), 4L, 3L, "no member 'auditIndex'"},
            {"audit index as text", changed("}", ",\"auditIndex\":\"1\"}"), 4L, 3L, "no member 'auditIndex'"},
        });
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoSignedBlockIsMalformedAndNotInvalid(String what, List<String> chain, String reason) {
        assertMalformed(verify(NOTHING_KNOWN, chain), 4, reason);
    }

    static Stream<Object[]> whatIsNoSignedBlockIsMalformedAndNotInvalid() {
        String third = GOOD.get(3);
        return Stream.of(new Object[][] {
            {"height as float", changed("\"height\":3", "\"height\":3.0"), "integer"},
            {"signature missing", changed("\"signature\"", "\"signatur\""), "expected a JWS"},
            {"duplicate field", changed("}", ",\"height\":3}"), "duplicate"},
            {"two objects in a line", replaced(3, third + third), "nothing after"},
            {"no JSON", replaced(3, "block 3"), "JSON object"},
            {"no object", replaced(3, "[]"), "JSON object"},
            {"cut in the middle", replaced(3, third.substring(0, 100)), "JSON object"},
            {"endless line", replaced(3, third + " ".repeat(20_000)), "at most"},
            {"no JWS", replaced(3, third.replace(jws(third), "A.A")), "3 parts"},
        });
    }

    @Test
    void marksAndBlankLinesOfEditorsAreNoFault() {
        assertThat(verify(NOTHING_KNOWN, with(0, "\ufeff" + GOOD.get(0)).subList(0, 1)))
                .isInstanceOf(ChainVerdict.Valid.class);
        assertThat(verify(NOTHING_KNOWN, with(6, ""))).isInstanceOf(ChainVerdict.Valid.class);
        assertThat(verify(NOTHING_KNOWN, with(3, " \t"))).isInstanceOf(ChainVerdict.Valid.class);
        assertThat(verify(NOTHING_KNOWN, (String.join("\r\n", GOOD) + "\r\n\r\n").getBytes(UTF_8)))
                .isInstanceOf(ChainVerdict.Valid.class);
        assertInvalid(
                verify(NOTHING_KNOWN, String.join("\n\n", without(3)).getBytes(UTF_8)),
                7,
                4L,
                "expected height 3, found 4");
        assertMalformed(verify(NOTHING_KNOWN, replaced(3, "\ufeff" + GOOD.get(3))), 4, "JSON object");
    }

    @Test
    void everyChangedCharacterOfALineIsFound() {
        String third = GOOD.get(3);
        for (int index = 0; index < third.length(); index++) {
            char changed = third.charAt(index) == '0' ? '1' : '0';
            String line = third.substring(0, index) + changed + third.substring(index + 1);
            switch (verify(NOTHING_KNOWN, replaced(3, line))) {
                case ChainVerdict.Invalid invalid -> assertThat(invalid.line()).isEqualTo(4);
                case ChainVerdict.Malformed malformed ->
                    assertThat(malformed.line()).isEqualTo(4);
                case ChainVerdict.Valid _ -> fail("expected this to be found: " + line);
            }
        }
    }

    @Test
    void bytesThatAreNotUtf8AreMalformed() {
        byte[] bytes = (GOOD.getFirst() + "\n").getBytes(UTF_8);
        bytes[30] = (byte) 0xc0;
        assertMalformed(verify(NOTHING_KNOWN, bytes), 1, "UTF-8");
    }

    @Test
    void aMissingLastLineFeedIsNoFault() {
        assertThat(verify(NOTHING_KNOWN, String.join("\n", GOOD).getBytes(UTF_8)))
                .isInstanceOf(ChainVerdict.Valid.class);
    }

    @Test
    void aNamedChainMustBeThatChain() {
        var expected = new ChainExpectation(
                Optional.of(new ChainName("lab-b")), Optional.empty(), Sequence.CONTIGUOUS, Optional.empty());
        assertInvalid(verify(expected, GOOD), 1, 0L, "expected a block of chain lab-b, found one of lab-a");
    }

    @Test
    void aCutChainIsFoundByItsHead() {
        assertThat(verify(headed(5), GOOD)).isInstanceOf(ChainVerdict.Valid.class);
        assertInvalid(verify(headed(5), GOOD.subList(0, 5)), 5, 4L, "expected the chain to end with block");
    }

    @Test
    void aChainMayBeginAboveAnAnchor() {
        var tail = GOOD.subList(3, 6);
        assertThat(verify(anchored(2, SoftwareChain.hash("lab-a", 2)), tail)).isInstanceOf(ChainVerdict.Valid.class);
        assertInvalid(verify(anchored(2, SoftwareChain.hash("lab-b", 2)), tail), 1, 3L, "broken link");
        assertInvalid(verify(anchored(1, SoftwareChain.hash("lab-a", 1)), tail), 1, 3L, "expected height 2, found 3");
        assertInvalid(verify(anchored(2, SoftwareChain.hash("lab-a", 2)), GOOD), 1, 0L, "expected height 3, found 0");
    }

    @Test
    void anIncreasingChainMaySkipHeightsButNeverBreaksALink() {
        assertThat(verify(INCREASING, lines(KEY, 4, 5, 9, 12))).isInstanceOf(ChainVerdict.Valid.class);
        assertInvalid(verify(INCREASING, lines(KEY, 4, 9, 5)), 3, 5L, "expected a height above 9, found 5");
        assertInvalid(verify(INCREASING, lines(KEY, 4, 4)), 2, 4L, "expected a height above 4, found 4");
        assertInvalid(verify(INCREASING, List.of(GOOD.get(1), forked(3), GOOD.get(4))), 3, 4L, "broken link");
    }

    private static void assertInvalid(ChainVerdict verdict, long line, Long height, String reason) {
        assertThat(verdict).isInstanceOfSatisfying(ChainVerdict.Invalid.class, invalid -> {
            assertThat(invalid.reason()).contains(reason);
            assertThat(invalid.line()).isEqualTo(line);
            assertThat(invalid.height()).isEqualTo(Optional.ofNullable(height).map(Height::new));
        });
    }

    private static void assertMalformed(ChainVerdict verdict, long line, String reason) {
        assertThat(verdict).isInstanceOfSatisfying(ChainVerdict.Malformed.class, malformed -> {
            assertThat(malformed.reason()).contains(reason);
            assertThat(malformed.line()).isEqualTo(line);
        });
    }

    private static ChainVerdict verify(ChainExpectation expected, List<String> lines) {
        String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
        return verify(expected, text.getBytes(UTF_8));
    }

    private static ChainVerdict verify(ChainExpectation expected, byte[] ndjson) {
        var trusted = new TrustedKeys(List.of(KEY.verificationKey(), NEWER_KEY.verificationKey()));
        return new ChainVerifier(trusted, expected).verify(new ByteArrayInputStream(ndjson));
    }

    private static ChainExpectation headed(long height) {
        return new ChainExpectation(
                Optional.empty(),
                Optional.empty(),
                Sequence.CONTIGUOUS,
                Optional.of(SoftwareChain.hash("lab-a", height)));
    }

    private static ChainExpectation anchored(long height, BlockHash hash) {
        return new ChainExpectation(
                Optional.empty(),
                Optional.of(new Anchor(new Height(height), hash)),
                Sequence.CONTIGUOUS,
                Optional.empty());
    }

    private static List<String> lines(SoftwareKey key, long... heights) {
        return SoftwareChain.statements("lab-a", heights).stream()
                .map(block -> SoftwareChain.line(key, block))
                .toList();
    }

    private static String line(SoftwareKey key, String chain, long height) {
        return SoftwareChain.line(key, SoftwareChain.statements(chain, height).getFirst());
    }

    /** Rightly signed and linked, but with the hash of another block. */
    private static String forked(long height) {
        var block = SoftwareChain.statements("lab-a", height).getFirst();
        return SoftwareChain.line(
                KEY,
                new BlockStatement(
                        block.chain(),
                        block.height(),
                        block.previousHash(),
                        SoftwareChain.hash("fork", height),
                        block.signedAt()));
    }

    private static String genesisWithLink() {
        var block = SoftwareChain.statements("lab-a", 0).getFirst();
        return SoftwareChain.line(
                KEY,
                new BlockStatement(
                        block.chain(),
                        block.height(),
                        SoftwareChain.hash("lab-a", 7),
                        block.blockHash(),
                        block.signedAt()));
    }

    private static String kid(SoftwareKey key) {
        return "\"keyId\":\"" + key.verificationKey().keyId();
    }

    private static String jws(String line) {
        return line.replaceFirst(".*\"signature\":\"([^\"]+)\".*", "$1");
    }

    private static String flippedSignature(String line) {
        int index = line.length() - 10;
        char flipped = line.charAt(index) == 'A' ? 'B' : 'A';
        return line.substring(0, index) + flipped + line.substring(index + 1);
    }

    private static List<String> changed(String from, String to) {
        String line = GOOD.get(3);
        assertThat(line).contains(from);
        return replaced(3, line.replace(from, to));
    }

    private static List<String> replaced(int index, String line) {
        var lines = new ArrayList<>(GOOD);
        lines.set(index, line);
        return lines;
    }

    private static List<String> with(int index, String line) {
        var lines = new ArrayList<>(GOOD);
        lines.add(index, line);
        return lines;
    }

    private static List<String> without(int index) {
        return IntStream.range(0, GOOD.size())
                .filter(kept -> kept != index)
                .mapToObj(GOOD::get)
                .toList();
    }

    private static List<String> swapped(int one, int other) {
        var lines = new ArrayList<>(GOOD);
        Collections.swap(lines, one, other);
        return lines;
    }
}
