package org.sealkeeper.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Bodies a schema forbids: the valid one with one thing wrong, for every field and every way to be wrong. */
public final class WrongBodies {
    private static final String HOLE = "the hole";
    private static final Map<String, List<String>> OF_OTHER_TYPES = Map.of(
            "string", List.of("12", "true", "[]", "{}", "[\"x\"]"),
            "integer", List.of("\"12\"", "1.5", "1.0", "1e2", "-0", "true", "[]", "{}"),
            "boolean", List.of("\"true\"", "1", "[]"),
            "array", List.of("{}", "\"x\"", "1", "[[]]"),
            "object", List.of("[]", "\"x\"", "1", "true"));
    private static final List<String> TEXTS =
            List.of("", " ", "UPPER CASE", "é", "a\\u0000", "\\ud800", "x".repeat(70_000));
    private static final List<String> NO_DOCUMENTS = List.of(
            "", " ", "null", "12", "[]", "\"x\"", "{", "}", "{}{}", "{\"\":}", "nul", "\u0000", "[".repeat(50_000));

    private final Api api;
    private final Set<String> bodies = new HashSet<>();
    private JsonNode root;

    private WrongBodies(Api api, JsonNode root) {
        this.api = api;
        this.root = root;
    }

    /** All of one schema. */
    public static Set<String> of(Api api, JsonNode schema) {
        var wrong = new WrongBodies(api, api.valid(schema));
        NO_DOCUMENTS.forEach(wrong.bodies::add);
        wrong.bodies.add(wrong.root + "x");
        wrong.visitObject((ObjectNode) wrong.root, api.resolved(schema));
        return wrong.bodies;
    }

    private void visitObject(ObjectNode object, JsonNode schema) {
        boolean isMap = Api.isMap(schema);
        if (schema.path("additionalProperties").isBoolean()) {
            object.put("unknown", HOLE);
            add("1");
            object.remove("unknown");
        }
        schema.path("required").forEach(name -> {
            JsonNode value = object.remove(name.asText());
            bodies.add(root.toString());
            object.set(name.asText(), value);
        });
        Stream<Map.Entry<String, JsonNode>> fields = isMap
                ? Stream.of(Map.entry("record", schema.get("additionalProperties")))
                : schema.path("properties").properties().stream();
        fields.toList().forEach(field -> visitField(object, field.getKey(), field.getValue()));
    }

    private void visitField(ObjectNode object, String name, JsonNode schema) {
        JsonNode before = object.get(name);
        JsonNode valid = before == null ? api.valid(schema) : before;
        object.put(name, HOLE);
        add(valid + ",\"" + name + "\":" + valid);
        wrong(api.resolved(schema)).forEach(this::add);
        object.set(name, valid);
        if (valid instanceof ObjectNode nested) {
            visitObject(nested, api.resolved(schema));
        } else if (valid instanceof ArrayNode array && array.get(0) instanceof ObjectNode item) {
            visitObject(item, api.resolved(api.resolved(schema).get("items")));
        }
        if (before == null) {
            object.remove(name);
        }
    }

    private void add(String inTheHole) {
        bodies.add(root.toString().replace("\"" + HOLE + "\"", inTheHole));
    }

    private static List<String> wrong(JsonNode schema) {
        List<String> wrong = new ArrayList<>(OF_OTHER_TYPES.getOrDefault(Api.type(schema), List.of()));
        if (!schema.path("type").isArray()) {
            wrong.add("null");
        }
        if (schema.has("enum")) {
            wrong.add("\"other\"");
        }
        if (schema.has("pattern")) {
            Pattern pattern = Pattern.compile(schema.get("pattern").asText());
            TEXTS.stream()
                    .filter(text -> !pattern.matcher(text).matches())
                    .forEach(text -> wrong.add("\"" + text + "\""));
        }
        if (schema.has("minimum")) {
            wrong.add(schema.get("minimum")
                    .bigIntegerValue()
                    .subtract(BigInteger.ONE)
                    .toString());
        }
        if (schema.has("maximum")) {
            wrong.add(
                    schema.get("maximum").bigIntegerValue().add(BigInteger.ONE).toString());
            wrong.add("9".repeat(40));
        }
        return wrong;
    }
}
