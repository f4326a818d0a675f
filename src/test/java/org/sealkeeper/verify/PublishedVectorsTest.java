package org.sealkeeper.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.encoding.Base64Url;
import org.sealkeeper.kernel.SigningAlgorithm;

/** Signatures from the standards themselves; each file's SOURCE says which. */
class PublishedVectorsTest {
    /** No field here, no field there: an unknown one could be a condition that this loop would ignore. */
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    record VectorFile(@JsonProperty(required = true) List<Vector> vectors) {}

    /** One signature, everything but the names in hexadecimal. */
    record Vector(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String algorithm,
            @JsonProperty(required = true) String publicKey,
            String keyId,
            @JsonProperty(required = true) String message,
            @JsonProperty(required = true) String signature) {}

    @ParameterizedTest
    @MethodSource("vectors")
    void everyPublishedSignatureIsValid(Vector vector) {
        var key = key(vector);
        assertThat(key.algorithm().joseName()).isEqualTo(vector.algorithm());
        assertThat(key.verifies(bytes(vector.message()), bytes(vector.signature())))
                .isTrue();
        assertThat(vector.keyId()).isIn(null, key.keyId().value());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyFlippedBitOfItIsFound(Vector vector) {
        var key = key(vector);
        byte[] signature = bytes(vector.signature());
        for (int bit = 0; bit < signature.length * Byte.SIZE; bit++) {
            byte[] flipped = signature.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
            assertThat(key.verifies(bytes(vector.message()), flipped))
                    .as("bit %s", bit)
                    .isFalse();
        }
    }

    @Test
    void everyFileNamesItsSource() throws Exception {
        assertThat(files(".json")).isNotEmpty().allSatisfy(file -> {
            String source = file.getFileName().toString().replace(".json", ".SOURCE");
            assertThat(file.resolveSibling(source)).isNotEmptyFile();
        });
    }

    static Stream<Vector> vectors() throws Exception {
        return files(".json").stream().flatMap(file -> read(file).vectors().stream());
    }

    private static VectorFile read(Path file) {
        try {
            return JSON.readValue(file.toFile(), VectorFile.class);
        } catch (IOException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    private static List<Path> files(String suffix) throws IOException, URISyntaxException {
        var folder = Path.of(Objects.requireNonNull(PublishedVectorsTest.class.getResource("/vectors/verify"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static VerificationKey key(Vector vector) {
        byte[] key = bytes(vector.publicKey());
        int half = key.length / 2;
        String x = Base64Url.encode(Arrays.copyOf(key, half));
        String y = Base64Url.encode(Arrays.copyOfRange(key, half, key.length));
        String jwk = switch (SigningAlgorithm.named(vector.algorithm()).orElseThrow()) {
            case ES256 -> "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"".formatted(x, y);
            case ES384 -> "\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"%s\",\"y\":\"%s\"".formatted(x, y);
            case EDDSA -> "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\"".formatted(Base64Url.encode(key));
            case PS256 -> throw new IllegalArgumentException("no RSA vectors");
        };
        return PublicKeyFile.parse(("{\"keys\":[{" + jwk + "}]}").getBytes(StandardCharsets.UTF_8))
                .keys()
                .getFirst();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
