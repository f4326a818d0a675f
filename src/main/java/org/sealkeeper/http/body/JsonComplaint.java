package org.sealkeeper.http.body;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.wire.WireTypes;
import org.sealkeeper.http.wire.WrongValue;

/**
 * Says what is wrong with a request's JSON in words of our own: Jackson's messages name classes and quote values.
 */
final class JsonComplaint {
    /** Stands for the field when no field is to blame. */
    static final String BODY = "body";

    private JsonComplaint() {}

    static Problem of(JsonProcessingException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException e ->
                Problem.invalid(path(e.getPath()), "unknown field; known here: " + names(e.getKnownPropertyIds()));
            case InvalidNullException e -> Problem.invalid(path(e.getPath()), "expected a value, found null");
            case WrongValue e -> Problem.invalid(path(e.getPath()), e.getOriginalMessage());
            case ValueInstantiationException e
            when e.getCause() instanceof IllegalArgumentException own ->
                Problem.invalid(path(e.getPath()), String.valueOf(own.getMessage()));
            case MismatchedInputException e
            when isMissing(e) -> Problem.invalid(path(e.getPath()), "expected this field, found none");
            case MismatchedInputException e ->
                Problem.invalid(path(e.getPath()), "expected " + WireTypes.nameOf(e.getTargetType()));
            case JsonMappingException e when e.getCause() instanceof JsonProcessingException syntax -> of(syntax);
            case InputCoercionException e ->
                Problem.invalid(path(e.getProcessor()), "expected " + WireTypes.nameOf(e.getTargetType()));
            case StreamConstraintsException e ->
                Problem.invalid(
                        BODY,
                        "expected at most " + StrictJson.MAX_NESTING + " levels of nesting, "
                                + StrictJson.MAX_NUMBER_CHARACTERS + " characters in a number and "
                                + StrictJson.MAX_NAME_CHARACTERS + " in a field name");
            case JsonParseException e
            when e.getOriginalMessage().startsWith("Duplicate field") ->
                Problem.invalid(path(e.getProcessor()), "this field stands here twice");
            default -> Problem.invalid(BODY, "expected valid JSON (RFC 8259), malformed at " + place(failure));
        };
    }

    private static boolean isMissing(MismatchedInputException failure) {
        return failure.getOriginalMessage().startsWith("Missing required creator property");
    }

    private static String names(@Nullable Collection<Object> known) {
        return known == null
                ? "none"
                : known.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String path(List<JsonMappingException.Reference> references) {
        var path = new StringBuilder();
        for (var reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.isEmpty() ? BODY : path.toString();
    }

    /** {@code /blocks/3/height} as {@code blocks[3].height}. */
    private static String path(@Nullable Object processor) {
        if (!(processor instanceof JsonParser parser)) {
            return BODY;
        }
        var path = new StringBuilder();
        for (var at = parser.getParsingContext(); at != null; at = at.getParent()) {
            if (at.inArray()) {
                path.insert(0, "[" + at.getCurrentIndex() + "]");
            } else if (at.hasCurrentName()) {
                path.insert(0, "." + at.getCurrentName());
            }
        }
        return path.isEmpty() ? BODY : path.substring(1);
    }

    private static String place(JsonProcessingException failure) {
        JsonLocation location = failure.getLocation();
        return location == null
                ? "an unknown place"
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
