package org.sealkeeper.http.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.MapType;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.encoding.Rfc3339;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.RecipientName;

/** How the kernel's values stand in JSON: names and hashes as strings, heights as integers, times as RFC 3339 in UTC. */
public final class WireTypes extends SimpleModule {
    private static final long serialVersionUID = 1L;

    public WireTypes() {
        super("sealkeeper");
        text(ChainName.class, ChainName::new);
        text(BlockHash.class, BlockHash::new);
        text(KeyAlias.class, KeyAlias::new);
        text(KeyId.class, KeyId::new);
        text(CallerId.class, CallerId::new);
        text(RecipientName.class, RecipientName::new);
        addDeserializer(String.class, new FromText<>(String.class, WireTypes::wellFormed));
        addDeserializer(Context.class, new FromStrings());
        addDeserializer(Height.class, new FromInteger());
        addSerializer(Height.class, new ToInteger());
        addSerializer(Instant.class, new ToRfc3339());
    }

    /** The JSON type in the words of the API, not of our classes. */
    public static String nameOf(@Nullable Class<?> type) {
        if (type == null) {
            return "a value of the documented type";
        }
        if (Set.of(long.class, Long.class, int.class, Integer.class).contains(type)) {
            return "an integer in the documented range";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return "one of the documented values";
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "a JSON array" : "a JSON object";
    }

    private <T> void text(Class<T> type, Function<String, T> parse) {
        addDeserializer(type, new FromText<>(type, parse));
        addSerializer(type, ToStringSerializer.instance);
    }

    /** Strings go into signed and canonical documents, where half a character has no bytes (RFC 8785 section 3.2.2.2). */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException("expected a string of whole Unicode characters");
            }
        }
        return text;
    }

    private static final class FromText<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> parse;

        FromText(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw new WrongValue(parser, "expected a string");
            }
            try {
                return parse.apply(parser.getText());
            } catch (IllegalArgumentException e) {
                throw new WrongValue(parser, String.valueOf(e.getMessage()));
            }
        }
    }

    private static final class FromInteger extends StdScalarDeserializer<Height> {
        private static final long serialVersionUID = 1L;

        FromInteger() {
            super(Height.class);
        }

        @Override
        public Height deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    && !isNegative(parser)
                    && parser.getLongValue() <= Height.MAX) {
                return new Height(parser.getLongValue());
            }
            throw new WrongValue(parser, "expected an integer from 0 to " + Height.MAX);
        }

        /** Minus zero too, which a number cannot tell. */
        private static boolean isNegative(JsonParser parser) throws IOException {
            return parser.getText().startsWith("-");
        }
    }

    /** A context is an object of strings. */
    private static final class FromStrings extends StdDeserializer<Context> {
        private static final long serialVersionUID = 1L;

        FromStrings() {
            super(Context.class);
        }

        @Override
        public Context deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            MapType strings =
                    context.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, String.class);
            LinkedHashMap<String, String> members = context.readValue(parser, strings);
            if (members.containsValue(null)) {
                throw new WrongValue(parser, "expected strings, found null");
            }
            try {
                return Context.of(members);
            } catch (IllegalArgumentException e) {
                throw new WrongValue(parser, String.valueOf(e.getMessage()));
            }
        }
    }

    private static final class ToInteger extends StdScalarSerializer<Height> {
        private static final long serialVersionUID = 1L;

        ToInteger() {
            super(Height.class);
        }

        @Override
        public void serialize(Height height, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeNumber(height.value());
        }
    }

    private static final class ToRfc3339 extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        ToRfc3339() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(Rfc3339.milliseconds(time));
        }
    }
}
