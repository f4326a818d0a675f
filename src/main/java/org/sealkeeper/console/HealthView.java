package org.sealkeeper.console;

import jakarta.json.JsonObject;
import java.util.Comparator;
import java.util.List;

/**
 * How the appliance is doing.
 *
 * @param checks what is not well first
 */
record HealthView(List<HealthCheckView> checks) {
    HealthView {
        checks = checks.stream()
                .sorted(Comparator.comparing(HealthCheckView::isUp))
                .toList();
    }

    /** Of a health report (MicroProfile Health 4.0). */
    static HealthView of(JsonObject report) {
        return new HealthView(report.getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .map(HealthCheckView::of)
                .toList());
    }

    public long down() {
        return checks.stream().filter(check -> !check.isUp()).count();
    }

    public boolean isWell() {
        return down() == 0;
    }
}
