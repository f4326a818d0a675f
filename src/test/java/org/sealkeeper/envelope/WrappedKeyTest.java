package org.sealkeeper.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.KeyAlias;

/** The format of docs/formats/wrapped-key.md, byte by byte. */
class WrappedKeyTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/wrapped-keys.ndjson");
    private static final byte[] TAG = new byte[WrappedKey.TAG_BYTES];

    static List<JsonNode> golden() throws IOException {
        var json = new ObjectMapper();
        return Files.readAllLines(GOLDEN, UTF_8).stream()
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
        var key = WrappedKey.of(
                new KeyAlias(vector.get("alias").asText()),
                vector.get("version").asInt(),
                hex(vector, "blob"));
        Context context = Context.of(new ObjectMapper().convertValue(vector.get("context"), Members.class));
        byte[] message = key.message(context);
        assertThat(message).isEqualTo(hex(vector, "message"));
        assertThat(key.text(hmac(hex(vector, "bindingKey"), message)))
                .isEqualTo(vector.get("wrapped").asText());

        WrappedKey.Unchecked read =
                WrappedKey.parse(vector.get("wrapped").asText()).orElseThrow();
        assertThat(read.key().key()).isEqualTo(key.key());
        assertThat(read.key().version()).isEqualTo(key.version());
        assertThat(read.key().blob()).isEqualTo(key.blob());
        assertThat(read.tag().is(hmac(hex(vector, "bindingKey"), message))).isTrue();
    }

    @Test
    void everyFlippedBitGivesAnotherMessageOrAnotherTagOrNoWrappedKey() {
        String text = key().text(TAG);
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            var read = WrappedKey.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(flipped));
            assertThat(read.filter(claimed -> claimed.tag().is(TAG)
                            && HexFormat.of()
                                    .formatHex(claimed.key().message(context()))
                                    .equals(HexFormat.of().formatHex(key().message(context())))))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AQ", "A", "!!!!", "AQFh", "ÄÖ"})
    void anyOtherTextIsNoWrappedKey(String text) {
        assertThat(WrappedKey.parse(text)).isEmpty();
    }

    @Test
    void aTruncatedOrProlongedOrOtherwiseSpeltOneIsNone() {
        String text = key().text(TAG);
        assertThat(WrappedKey.parse(text)).isPresent();
        for (int length = 0; length < text.length(); length++) {
            assertThat(WrappedKey.parse(text.substring(0, length))).isEmpty();
        }
        assertThat(WrappedKey.parse(text + "A")).isEmpty();
        assertThat(WrappedKey.parse(text + "AAAA")).isEmpty();
        assertThat(WrappedKey.parse(text + "==")).isEmpty();
        assertThat(WrappedKey.parse(text + "\n")).isEmpty();
        assertThat(WrappedKey.parse("A".repeat(1 << 20))).isEmpty();
    }

    /** Aliases of every length modulo 3: two of three texts end with bits that count for nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "abc"})
    void strayLastBitsMakeNoWrappedKey(String alias) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String text = WrappedKey.of(new KeyAlias(alias), 7, new byte[WrappedKey.BLOB_BYTES])
                .text(TAG);
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        for (int last = 0; last < alphabet.length(); last++) {
            String other = text.substring(0, text.length() - 1) + alphabet.charAt(last);
            if (!other.equals(text) && Arrays.equals(Base64.getUrlDecoder().decode(other), bytes)) {
                assertThat(WrappedKey.parse(other)).as(other).isEmpty();
            }
        }
        assertThat(WrappedKey.parse(text)).isPresent();
    }

    @Test
    void aBlobOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> WrappedKey.of(new KeyAlias("k"), 1, new byte[39]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WrappedKey.of(new KeyAlias("k"), 0, new byte[40]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> key().text(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    private static WrappedKey key() {
        return WrappedKey.of(new KeyAlias("patient-data"), 7, new byte[WrappedKey.BLOB_BYTES]);
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
