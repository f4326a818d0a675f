package org.sealkeeper.edge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/** Values of a path or query, percent-encoded, that a schema forbids. */
public final class WrongParameters {
    private static final List<String> NO_INTEGERS =
            List.of("x", "1.5", "1e2", "01", "%2B1", "0x1", "%20", "99999999999999999999", "%C3%A9", "%00");
    private static final List<String> TEXTS =
            List.of("%20", "UPPER", "-a", "a_b", "%C3%A9", "%FF", "%00", "%2e%2e", "a%2Fb", "x".repeat(600));

    private WrongParameters() {}

    public static List<String> of(JsonNode schema) {
        return Api.type(schema).equals("integer") ? integers(schema) : texts(schema);
    }

    private static List<String> integers(JsonNode schema) {
        if (!schema.has("maximum")) {
            return NO_INTEGERS;
        }
        String beyond = schema.get("maximum")
                .bigIntegerValue()
                .add(java.math.BigInteger.ONE)
                .toString();
        return java.util.stream.Stream.concat(NO_INTEGERS.stream(), java.util.stream.Stream.of("-1", beyond))
                .toList();
    }

    /** Only of a pattern it is known what it forbids. */
    private static List<String> texts(JsonNode schema) {
        Pattern pattern = Pattern.compile(schema.path("pattern").asText(".*"));
        return TEXTS.stream()
                .filter(text -> !pattern.matcher(text.replace("%", "")).matches())
                .toList();
    }
}
