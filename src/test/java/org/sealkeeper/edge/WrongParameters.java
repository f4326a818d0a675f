package org.sealkeeper.edge;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
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
        List<String> wrong = new ArrayList<>(NO_INTEGERS);
        if (schema.has("minimum")) {
            wrong.add(beside(schema.get("minimum"), BigInteger.ONE.negate()));
        }
        if (schema.has("maximum")) {
            wrong.add(beside(schema.get("maximum"), BigInteger.ONE));
        }
        return wrong;
    }

    private static String beside(JsonNode bound, BigInteger step) {
        return bound.bigIntegerValue().add(step).toString();
    }

    /** Only of a pattern it is known what it forbids. */
    private static List<String> texts(JsonNode schema) {
        Pattern pattern = Pattern.compile(schema.path("pattern").asText(".*"));
        return TEXTS.stream()
                .filter(text -> !pattern.matcher(text.replace("%", "")).matches())
                .toList();
    }
}
