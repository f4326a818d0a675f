package org.sealkeeper.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sealkeeper.envelope.SampleKeys.TOKEN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.Wraps;

/** The format of docs/formats/wrapped-key.md, byte by byte. */
class WrappedKeyTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/wrapped-keys.ndjson");
    private static final byte[] TAG = new byte[WrappedKey.TAG_BYTES];
    private static final byte[] BLOB = new byte[WrappedKey.BLOB_BYTES];
    private static final KeyEncryptionKey KEY = SampleKeys.key("patient-data", 7);
    private static final KeyEncryptionKey KEY_OF_TWO =
            SampleKeys.key("patient-data", 7, TOKEN, new TokenLabel("hsm-2"));

    static List<JsonNode> golden() throws IOException {
        return golden(GOLDEN);
    }

    private static List<JsonNode> golden(Path file) throws IOException {
        var json = new ObjectMapper();
        return Files.readAllLines(file, UTF_8).stream()
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void wrappedKeysAreWrittenAndReadAsTheyWereInVersionOne(JsonNode vector) throws GeneralSecurityException {
        assertThat(vector.fieldNames())
                .toIterable()
                .containsExactly("alias", "version", "blob", "context", "bindingKey", "message", "wrapped");
        KeyEncryptionKey named = SampleKeys.key(
                vector.get("alias").asText(), vector.get("version").asInt());
        WrappedKey key = SampleKeys.wrapped(named, hex(vector, "blob"));
        Context context = Context.of(new ObjectMapper().convertValue(vector.get("context"), Members.class));
        byte[] message = key.message(context);
        assertThat(message).isEqualTo(hex(vector, "message"));
        assertThat(SampleKeys.text(key, hmac(hex(vector, "bindingKey"), message)))
                .isEqualTo(vector.get("wrapped").asText());

        WrappedKeyText read =
                WrappedKeyText.parse(vector.get("wrapped").asText()).orElseThrow();
        assertThat(read.key()).isEqualTo(named.alias());
        assertThat(read.version()).isEqualTo(named.version());
        WrappedKeyText.Claimed claimed = read.of(named).orElseThrow();
        assertThat(claimed.key().wraps().in(TOKEN)).isEqualTo(hex(vector, "blob"));
        assertThat(claimed.isTagged(TOKEN, hmac(hex(vector, "bindingKey"), message)))
                .isTrue();
    }

    static List<JsonNode> goldenOfSeveralTokens() throws IOException {
        return golden(Path.of("src/test/resources/golden/wrapped-keys-of-several-tokens.ndjson"));
    }

    @ParameterizedTest
    @MethodSource("goldenOfSeveralTokens")
    void wrappedKeysOfSeveralTokensAreWrittenAndReadAsInVersionTwo(JsonNode vector) throws GeneralSecurityException {
        assertThat(vector.fieldNames())
                .toIterable()
                .containsExactly("alias", "version", "tokens", "wraps", "context", "message", "wrapped", "dataKey");
        KeyEncryptionKey named = SampleKeys.key(
                vector.get("alias").asText(), vector.get("version").asInt(), labels(vector));
        SequencedMap<TokenLabel, byte[]> blobs = new LinkedHashMap<>();
        vector.get("wraps").forEach(wrap -> blobs.put(label(wrap.get("token")), hex(wrap, "blob")));
        WrappedKey key = WrappedKey.of(named, Wraps.of(blobs));
        byte[] message = key.message(Context.of(new ObjectMapper().convertValue(vector.get("context"), Members.class)));
        assertThat(message).isEqualTo(hex(vector, "message"));
        Map<TokenLabel, byte[]> tags = new HashMap<>();
        for (JsonNode wrap : vector.get("wraps")) {
            tags.put(label(wrap.get("token")), hmac(hex(wrap, "bindingKey"), message));
        }
        String text = vector.get("wrapped").asText();
        assertThat(key.text(tags)).isEqualTo(text);
        assertThat(DataKeyId.of(text)).isEqualTo(vector.get("dataKey").asText());

        WrappedKeyText.Claimed claimed = SampleKeys.claimed(named, text);
        assertThat(claimed.key().wraps().tokens()).containsExactlyElementsOf(blobs.keySet());
        blobs.forEach((token, blob) -> {
            assertThat(claimed.key().wraps().in(token)).isEqualTo(blob);
            assertThat(claimed.isTagged(token, tags.get(token))).isTrue();
        });
    }

    private static TokenLabel[] labels(JsonNode vector) {
        return vector.get("tokens").valueStream().map(WrappedKeyTest::label).toArray(TokenLabel[]::new);
    }

    private static TokenLabel label(JsonNode text) {
        return new TokenLabel(text.asText());
    }

    /** Each is a wrapped key that anybody could write; the token refuses it by its tag. */
    @Test
    void everyFlippedBitGivesAnotherMessageOrAnotherTagOrNoWrappedKey() {
        for (KeyEncryptionKey named : List.of(KEY, KEY_OF_TWO)) {
            String genuine =
                    HexFormat.of().formatHex(SampleKeys.wrapped(named, BLOB).message(context()));
            byte[] bytes = Base64.getUrlDecoder().decode(text(named));
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                byte[] flipped = bytes.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                var read = WrappedKeyText.parse(encoded(flipped))
                        .filter(text -> text.key().equals(named.alias()) && text.version() == named.version())
                        .flatMap(text -> text.of(named));
                assertThat(read.filter(claimed ->
                                claimed.key().wraps().tokens().stream().allMatch(token -> claimed.isTagged(token, TAG))
                                        && HexFormat.of()
                                                .formatHex(claimed.key().message(context()))
                                                .equals(genuine)))
                        .as("bit %d", bit)
                        .isEmpty();
            }
        }
    }

    @Test
    void aWrapThatIsDroppedExchangedOrAddedGivesAnotherMessage() {
        String other = HexFormat.of().formatHex(message(new byte[] {1}, new byte[] {2}));
        assertThat(HexFormat.of().formatHex(message(new byte[] {2}, new byte[] {1})))
                .isNotEqualTo(other);
        assertThat(HexFormat.of().formatHex(message(new byte[] {1}))).isNotEqualTo(other);
        assertThat(HexFormat.of().formatHex(message(new byte[] {1}, new byte[] {1})))
                .isNotEqualTo(other);
    }

    /** The message of a wrapped key in as many tokens as there are bytes, each of which fills a blob. */
    private static byte[] message(byte[]... fillings) {
        SequencedMap<TokenLabel, byte[]> blobs = new LinkedHashMap<>();
        for (int i = 0; i < fillings.length; i++) {
            byte[] blob = new byte[WrappedKey.BLOB_BYTES];
            Arrays.fill(blob, fillings[i][0]);
            blobs.put(KEY_OF_TWO.tokens().get(i), blob);
        }
        return WrappedKey.of(KEY_OF_TWO, Wraps.of(blobs)).message(context());
    }

    @Test
    void aTextOfTheOtherFormatOrOfAnotherTokenIsNoneOfThisKey() {
        assertThat(WrappedKeyText.parse(text(KEY)).orElseThrow().of(KEY_OF_TWO)).isEmpty();
        assertThat(WrappedKeyText.parse(text(KEY_OF_TWO)).orElseThrow().of(KEY)).isEmpty();
        KeyEncryptionKey elsewhere = SampleKeys.key("patient-data", 7, TOKEN, new TokenLabel("hsm-3"));
        assertThat(WrappedKeyText.parse(text(elsewhere)).orElseThrow().of(KEY_OF_TWO))
                .isEmpty();
    }

    @Test
    void theLongestTextOfAllCanBeRead() {
        TokenLabel[] tokens = IntStream.range(0, KeyEncryptionKey.MOST_TOKENS)
                .mapToObj(number -> new TokenLabel(number + "x".repeat(31)))
                .toArray(TokenLabel[]::new);
        assertThat(WrappedKeyText.parse(text(SampleKeys.key("k".repeat(63), 7, tokens))))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AQ", "A", "!!!!", "AQFh", "ÄÖ", "Ag", "AgFh", "Av8"})
    void anyOtherTextIsNoWrappedKey(String text) {
        assertThat(WrappedKeyText.parse(text)).isEmpty();
    }

    @Test
    void aTruncatedOrProlongedOrOtherwiseSpeltOneIsNone() {
        for (KeyEncryptionKey named : List.of(KEY, KEY_OF_TWO)) {
            String text = text(named);
            assertThat(WrappedKeyText.parse(text)).isPresent();
            for (int length = 0; length < text.length(); length++) {
                assertThat(WrappedKeyText.parse(text.substring(0, length))).isEmpty();
            }
            assertThat(WrappedKeyText.parse(text + "A")).isEmpty();
            assertThat(WrappedKeyText.parse(text + "AAAA")).isEmpty();
            assertThat(WrappedKeyText.parse(text + "==")).isEmpty();
            assertThat(WrappedKeyText.parse(text + "\n")).isEmpty();
        }
        assertThat(WrappedKeyText.parse("A".repeat(1 << 20))).isEmpty();
    }

    @Test
    void aTokenThatIsNamedTwiceIsNoWrappedKey() {
        String other = text(SampleKeys.key("patient-data", 7, new TokenLabel("hsm-1"), new TokenLabel("hsm-2")));
        byte[] bytes = Base64.getUrlDecoder().decode(other);
        int last = new String(bytes, US_ASCII).indexOf("hsm-2") + 4;
        bytes[last] = '1';
        assertThat(WrappedKeyText.parse(encoded(bytes))).isEmpty();
    }

    /** Aliases of every length modulo 3: two of three texts end with bits that count for nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "abc"})
    void strayLastBitsMakeNoWrappedKey(String alias) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String text = text(SampleKeys.key(alias, 7));
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        for (int last = 0; last < alphabet.length(); last++) {
            String other = text.substring(0, text.length() - 1) + alphabet.charAt(last);
            if (!other.equals(text) && Arrays.equals(Base64.getUrlDecoder().decode(other), bytes)) {
                assertThat(WrappedKeyText.parse(other)).as(other).isEmpty();
            }
        }
        assertThat(WrappedKeyText.parse(text)).isPresent();
    }

    @Test
    void aBlobOrTagOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> SampleKeys.wrapped(KEY, new byte[39])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WrappedKey.of(KEY, Wraps.of(new TokenLabel("hsm-2"), BLOB)))
                .isInstanceOf(IllegalArgumentException.class);
        WrappedKey key = SampleKeys.wrapped(KEY, BLOB);
        assertThatThrownBy(() -> SampleKeys.text(key, new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> key.text(Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(KeyEncryptionKey key) {
        return SampleKeys.text(SampleKeys.wrapped(key, BLOB), TAG);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Context context() {
        return Context.of(Map.of("report", "r-1"));
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] hex(JsonNode vector, String field) {
        return HexFormat.of().parseHex(vector.get(field).asText());
    }

    /** The type of a context's JSON. */
    private static final class Members extends LinkedHashMap<String, String> {
        private static final long serialVersionUID = 1L;
    }
}
