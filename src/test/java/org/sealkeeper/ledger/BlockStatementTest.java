package org.sealkeeper.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;

class BlockStatementTest {
    private static final String ZEROS = "00".repeat(32);
    private static final String HASH = "c0ffee".repeat(10) + "beef";
    private static final String GOOD =
            "{\"blockHash\":\"" + HASH + "\",\"chain\":\"lab-a\",\"height\":12,\"previousHash\":\"" + ZEROS
                    + "\",\"signedAt\":\"2026-01-05T08:00:00.120Z\"}";

    @Test
    void isWrittenAsCanonicalJson() {
        var statement = new BlockStatement(
                new ChainName("lab-a"),
                new Height(12),
                new BlockHash(ZEROS),
                new BlockHash(HASH),
                Instant.parse("2026-01-05T08:00:00.12Z"));
        assertThat(new String(statement.canonicalJson(), UTF_8)).isEqualTo(GOOD);
    }

    @Test
    void isWhatAnRfc8785LibraryWritesAndIsReadBack() throws Exception {
        var random = new Random(8785);
        for (int round = 0; round < 500; round++) {
            var statement = new BlockStatement(
                    new ChainName("chain-" + random.nextInt(1_000)),
                    new Height(random.nextLong(Height.MAX + 1) >> random.nextInt(53)),
                    hash(random),
                    hash(random),
                    Instant.ofEpochMilli(random.nextLong(4_102_444_800_000L)));
            byte[] json = statement.canonicalJson();
            assertThat(json).isEqualTo(new JsonCanonicalizer(json).getEncodedUTF8());
            assertThat(BlockStatement.parse(json)).isEqualTo(statement);
        }
    }

    @Test
    void theHighestHeightAndTheEndsOfTimeAreReadBack() {
        for (String time : new String[] {"0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"}) {
            String json = GOOD.replace("2026-01-05T08:00:00.120Z", time).replace(":12,", ":9007199254740991,");
            assertThat(BlockStatement.parse(json.getBytes(UTF_8)).canonicalJson())
                    .isEqualTo(json.getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @MethodSource
    void everyOtherTextIsRefused(String json) {
        assertThat(json).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> BlockStatement.parse(json.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<String> everyOtherTextIsRefused() {
        return Stream.of(
                "",
                "{}",
                "null",
                GOOD + "\n",
                GOOD + "{}",
                " " + GOOD,
                GOOD.replace(",", ", "),
                GOOD.replace("\"chain\":\"lab-a\",", ""),
                GOOD.replace("\"chain\":\"lab-a\",", "\"chain\":\"lab-a\",\"chain\":\"lab-a\","),
                GOOD.replace(
                        "\"blockHash\":\"" + HASH + "\",\"chain\":\"lab-a\"",
                        "\"chain\":\"lab-a\",\"blockHash\":\"" + HASH + "\""),
                GOOD.replace("}", ",\"z\":1}"),
                GOOD.replace(":12,", ":012,"),
                GOOD.replace(":12,", ":12.0,"),
                GOOD.replace(":12,", ":-0,"),
                GOOD.replace(":12,", ":1e1,"),
                GOOD.replace(":12,", ":\"12\","),
                GOOD.replace(":12,", ":9007199254740992,"),
                GOOD.replace(":12,", ":99999999999999999999,"),
                GOOD.replace("c0ffee", "C0FFEE"),
                GOOD.replaceFirst("c0ffee", "c0ffe"),
                GOOD.replace("c0ffee", "c0ffeg"),
                GOOD.replace(HASH, HASH.repeat(4)),
                GOOD.replace("lab-a", "Lab-a"),
                GOOD.replace("lab-a", "lab\\u002da"),
                GOOD.replace("lab-a", "läb"),
                GOOD.replace("lab-a", "a".repeat(64)),
                GOOD.replace("lab-a", "a".repeat(1_000)),
                GOOD.replace(".120Z", "Z"),
                GOOD.replace(".120Z", ".12Z"),
                GOOD.replace(".120Z", ".1200Z"),
                GOOD.replace(".120Z", ".120001Z"),
                GOOD.replace(".120Z", ".120+00:00"),
                GOOD.replace(".120Z", ".120z"),
                GOOD.replace("T08", "t08"),
                GOOD.replace("T08:00:00.120", "T24:00:00.000"),
                GOOD.replace("T08:00:00.120", "T23:59:60.000"),
                GOOD.replace("01-05", "02-30"),
                GOOD.replace("2026", "+12026"),
                GOOD.replace("2026", "-0001"));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] json = GOOD.getBytes(UTF_8);
        json[20] = (byte) 0xff;
        assertThatThrownBy(() -> BlockStatement.parse(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTimeFinerThanItsTextIsRefused() {
        var hash = new BlockHash(ZEROS);
        assertThatThrownBy(() -> new BlockStatement(
                        new ChainName("lab-a"),
                        new Height(0),
                        hash,
                        hash,
                        Instant.parse("2026-01-05T08:00:00.000001Z")))
                .hasMessageContaining("whole millisecond");
    }

    private static BlockHash hash(Random random) {
        byte[] bytes = new byte[20 + random.nextInt(45)];
        random.nextBytes(bytes);
        return new BlockHash(HexFormat.of().formatHex(bytes));
    }
}
