package org.sealkeeper.http;

import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.Refusal;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;

/** Lets resources take the kernel's values, and integers, from a path or query; a malformed one is an invalid request. */
@Provider
public final class PathParameters implements ParamConverterProvider {
    /** The highest integer there can be, in 18 digits. */
    public static final String HIGHEST = "999999999999999999";

    /** Only one spelling for each number: no sign, no leading zeros. */
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,17}");

    private static final Map<Class<?>, Function<String, ?>> PARSERS = Map.of(
            ChainName.class,
            ChainName::new,
            KeyAlias.class,
            KeyAlias::new,
            KeyId.class,
            KeyId::new,
            Height.class,
            text -> new Height(decimal(text)),
            Integer.class,
            PathParameters::integer,
            Long.class,
            PathParameters::decimal);

    @Override
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        var parser = PARSERS.get(type);
        return parser == null ? null : new Converter<>(nameOf(annotations), text -> type.cast(parser.apply(text)));
    }

    private static long decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("expected decimal digits");
        }
        return Long.parseLong(text);
    }

    private static Integer integer(String text) {
        long number = decimal(text);
        if (number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("expected an integer from 0 to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    private static String nameOf(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof PathParam path) {
                return path.value();
            }
            if (annotation instanceof QueryParam query) {
                return query.value();
            }
        }
        return "parameter";
    }

    private record Converter<T>(String field, Function<String, T> parser) implements ParamConverter<T> {
        @Override
        public T fromString(String text) {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw new Refusal(Problem.invalid(field, String.valueOf(e.getMessage())));
            }
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }
    }
}
