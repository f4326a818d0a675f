package org.sealkeeper.http.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.Refusal;
import org.sealkeeper.http.wire.OptionalFields;
import org.sealkeeper.http.wire.WireTypes;

/**
 * Reads a request's JSON into its record, or says what is wrong with it: every field of the record once, of its own type, and
 * nothing besides. A field of type {@link Optional} may be absent; {@code null} is never a value.
 */
final class StrictJson {
    static final int MAX_NESTING = 16;
    static final int MAX_NUMBER_CHARACTERS = 32;
    static final int MAX_NAME_CHARACTERS = 128;

    private static final JsonMapper MAPPER = mapper();

    /** Readers are costly to make and safe to share. */
    private static final ClassValue<ObjectReader> READERS = new ClassValue<>() {
        @Override
        protected ObjectReader computeValue(Class<?> type) {
            return MAPPER.readerFor(type);
        }
    };

    private StrictJson() {}

    /**
     * Reads one document.
     *
     * @param json UTF-8 (RFC 8259 section 8.1), without a byte order mark
     * @throws Refusal {@code invalid-request} naming the field
     */
    static <T> T read(Class<T> type, byte[] json) {
        requireUtf8(json);
        try (JsonParser parser = MAPPER.getFactory().createParser(json)) {
            T value = READERS.get(type).readValue(parser);
            if (value == null) {
                throw new Refusal(Problem.invalid(JsonComplaint.BODY, "expected a JSON object"));
            }
            if (parser.nextToken() != null) {
                throw new Refusal(Problem.invalid(JsonComplaint.BODY, "expected nothing after the JSON object"));
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new Refusal(JsonComplaint.of(e));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory could not be read", e);
        }
    }

    /** Jackson's own decoder lets some malformed sequences pass. */
    private static void requireUtf8(byte[] json) {
        for (byte b : json) {
            if (b < 0) {
                requireDecodable(json);
                return;
            }
        }
    }

    private static void requireDecodable(byte[] json) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
        } catch (CharacterCodingException e) {
            throw new Refusal(Problem.invalid(JsonComplaint.BODY, "expected UTF-8"));
        }
    }

    private static JsonMapper mapper() {
        var factory = JsonFactory.builder()
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxNumberLength(MAX_NUMBER_CHARACTERS)
                        .maxNameLength(MAX_NAME_CHARACTERS)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .annotationIntrospector(new AnnotationIntrospectorPair(
                        new OptionalFields.Introspector(), new JacksonAnnotationIntrospector()))
                .addModules(new Jdk8Module(), new WireTypes().setDeserializerModifier(new OptionalFields.Modifier()))
                .build();
    }
}
