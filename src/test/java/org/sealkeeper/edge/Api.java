package org.sealkeeper.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The published description of the API, read for the operations it has and for values that fit its schemas. */
public final class Api {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> METHODS = Set.of("get", "post");

    private final JsonNode document;

    public Api(JsonNode document) {
        this.document = document;
    }

    /** One parameter of an operation. */
    public record Parameter(String name, String in, JsonNode schema) {}

    /**
     * One operation.
     *
     * @param bodyType the media type of its body; empty where it has none
     */
    public record Operation(
            String method,
            String path,
            List<Parameter> parameters,
            Optional<String> bodyType,
            JsonNode bodySchema,
            Set<String> statuses) {

        /** Whether its body is described by a schema, and not by a specification of its own. */
        public boolean takesJson() {
            return bodyType.filter("application/json"::equals).isPresent();
        }

        /** The path with a value for each of its parameters. */
        public String pathWith(Map<String, String> values) {
            String filled = path;
            for (Map.Entry<String, String> value : values.entrySet()) {
                filled = filled.replace("{" + value.getKey() + "}", value.getValue());
            }
            return filled;
        }
    }

    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation ->
                                operations.add(operation(operation.getKey(), path.getKey(), operation.getValue()))));
        return operations;
    }

    private Operation operation(String method, String path, JsonNode described) {
        List<Parameter> parameters = new ArrayList<>();
        described
                .path("parameters")
                .forEach(one -> parameters.add(
                        new Parameter(one.get("name").asText(), one.get("in").asText(), resolved(one.get("schema")))));
        var body = described.at("/requestBody/content").properties().stream().findFirst();
        Set<String> statuses = new TreeSet<>();
        described.get("responses").fieldNames().forEachRemaining(statuses::add);
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                parameters,
                body.map(Map.Entry::getKey),
                body.map(content -> resolved(content.getValue().path("schema"))).orElse(JSON.missingNode()),
                statuses);
    }

    /** The schema itself, where this refers to one. */
    public JsonNode resolved(JsonNode schema) {
        if (schema.has("$ref")) {
            return resolved(document.at(schema.get("$ref").asText().substring(1)));
        }
        return schema.has("allOf") ? resolved(schema.at("/allOf/0")) : schema;
    }

    /** The JSON type of a schema, whether null is one beside it or not. */
    public static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.get(0).asText() : type.asText();
    }

    /** A value that fits. */
    public JsonNode valid(JsonNode schema) {
        JsonNode known = resolved(schema);
        if (known.has("enum")) {
            return known.at("/enum/0");
        }
        if (known.has("examples")) {
            return known.at("/examples/0");
        }
        return switch (type(known)) {
            case "integer" -> JSON.numberNode(Math.max(known.path("minimum").asLong(0), 0));
            case "boolean" -> JSON.booleanNode(true);
            case "array" -> JSON.arrayNode().add(valid(known.get("items")));
            case "object" -> object(known);
            default -> JSON.textNode("x");
        };
    }

    /** Whether the names of its fields are free. */
    static boolean isMap(JsonNode schema) {
        return schema.path("additionalProperties").isObject();
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        if (isMap(schema)) {
            object.put("record", "A-2026-0003");
        }
        schema.path("required")
                .forEach(name -> object.set(name.asText(), valid(schema.at("/properties/" + name.asText()))));
        return object;
    }
}
