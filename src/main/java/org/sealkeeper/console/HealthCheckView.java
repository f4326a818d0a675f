package org.sealkeeper.console;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;

/**
 * One health check, in words.
 *
 * @param name what is so where it is up
 * @param details what it says besides, each as {@code name: value}
 */
record HealthCheckView(String name, boolean isUp, List<String> details) {
    HealthCheckView {
        details = List.copyOf(details);
    }

    /** As the health report has it (MicroProfile Health 4.0). */
    static HealthCheckView of(JsonObject check) {
        JsonObject data = check.containsKey("data") ? check.getJsonObject("data") : JsonValue.EMPTY_JSON_OBJECT;
        return new HealthCheckView(
                check.getString("name"),
                check.getString("status").equals("UP"),
                data.entrySet().stream().map(HealthCheckView::detail).toList());
    }

    private static String detail(Map.Entry<String, JsonValue> data) {
        String value = data.getValue() instanceof JsonString text
                ? text.getString()
                : data.getValue().toString();
        return data.getKey() + ": " + value;
    }
}
