package org.sealkeeper.cli.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.hsm.Finding;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.planning.Drift;
import org.sealkeeper.keys.planning.Plan;
import org.sealkeeper.keys.planning.PlannedStep;

/**
 * How commands show a plan.
 *
 * @param hasOfficers whether officers approve changes
 */
record PlanText(Plan plan, boolean hasOfficers) {
    /** For people. */
    List<String> lines() {
        return Stream.of(
                        plan.steps().stream().map(PlanText::line),
                        plan.drift().stream().map(PlanText::line),
                        hasOfficers
                                ? Stream.<String>empty()
                                : Stream.of("No officers are in force: one operator alone changes keys."),
                        Stream.of(summary()))
                .flatMap(lines -> lines)
                // Others choose what the labels of unknown objects do to a terminal.
                .map(line -> line.replaceAll("\\p{C}", "?"))
                .toList();
    }

    /** For scripts. */
    List<String> json() {
        return Stream.of(
                        plan.steps().stream().map(PlanText::members),
                        plan.drift().stream().map(PlanText::members),
                        Stream.of(totals()))
                .flatMap(lines -> lines)
                .map(JsonResult::of)
                .toList();
    }

    private static String line(PlannedStep step) {
        return "%s, %s: %s (%s)"
                .formatted(
                        step.name(),
                        step.tokens().stream().map(TokenLabel::value).collect(Collectors.joining(", ", "token ", "")),
                        step.action().text(),
                        step.advice());
    }

    private static String line(Drift drift) {
        return "DRIFT, " + drift.text();
    }

    private String summary() {
        return switch (plan.outcome()) {
            case NOTHING -> "Nothing to do, no drift.";
            case CHANGES -> "Changes: " + plan.changes() + ", no drift.";
            case DRIFT ->
                "Changes: " + plan.changes() + ", drift: " + plan.drift().size()
                        + ". Find out who changed the token before you change anything.";
        };
    }

    private static SequencedMap<String, Object> members(PlannedStep step) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("step", step.action().text());
        members.put("name", step.name());
        members.put("tokens", step.tokens().stream().map(TokenLabel::value).toList());
        members.put("advice", step.advice());
        return members;
    }

    private static SequencedMap<String, Object> members(Drift drift) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        Finding finding = drift.finding();
        members.put("drift", finding.kind().text());
        members.put("token", drift.token().value());
        members.put("object", finding.object());
        finding.deviation().ifPresent(deviation -> {
            members.put("attribute", deviation.attribute());
            members.put("expected", deviation.expected());
            members.put("found", deviation.found());
        });
        return members;
    }

    private SequencedMap<String, Object> totals() {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("outcome", plan.outcome().name().toLowerCase(Locale.ROOT));
        members.put("changes", plan.changes());
        members.put("drifts", (long) plan.drift().size());
        members.put("officers", hasOfficers);
        return members;
    }
}
