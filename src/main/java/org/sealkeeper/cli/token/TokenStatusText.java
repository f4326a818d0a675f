package org.sealkeeper.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.sealkeeper.hsm.TokenReport;

/** What is told of a token, for people: a line for each thing, its name first. */
final class TokenStatusText {
    private final List<String> lines = new ArrayList<>();

    private TokenStatusText() {}

    static List<String> of(JsonNode report) {
        var text = new TokenStatusText();
        text.state(report);
        report.path("pools").forEachEntry(text::pool);
        if (report.has("tokenNotAsked")) {
            text.line("token not asked", report.path("tokenNotAsked").asText());
        } else {
            text.token(report.path("token"));
        }
        return List.copyOf(text.lines);
    }

    private void state(JsonNode report) {
        line("token", report.path("label").asText());
        line("serial number", report.path("serial").asText("unknown"));
        if (report.path("state").asText().equals(TokenReport.NOT_IN_USE)) {
            line("state", "not in use by an appliance here");
            return;
        }
        line(
                "state",
                "%s for %s s"
                        .formatted(
                                report.path("state").asText(),
                                report.path("secondsInState").asText()));
        line("counts as ready", report.path("ready").asBoolean() ? "yes" : "no");
        line("reason", report.path("reason").asText());
        line("epoch", report.path("epoch").asText());
        line("last proof", report.path("secondsSinceProof").asText() + " s ago");
    }

    private void pool(String name, JsonNode use) {
        line(
                "pool " + name,
                "%s of %s sessions busy, %s stuck, %s requests waiting"
                        .formatted(
                                use.path("busy").asText(),
                                use.path("sessions").asText(),
                                use.path("stuck").asText(),
                                use.path("waiting").asText()));
    }

    private void token(JsonNode token) {
        line("slot", token.path("slot").asText());
        line("manufacturer", token.path("manufacturer").asText());
        line("model", token.path("model").asText());
        line("hardware", token.path("hardwareVersion").asText());
        line("firmware", token.path("firmwareVersion").asText());
        line("flags", joined(token.path("flags")));
        JsonNode sessions = token.path("sessions");
        line(
                "sessions",
                "open: %s, at most: %s"
                        .formatted(
                                sessions.path("open").asText(),
                                sessions.path("max").asText()));
        line(
                "of them read-write",
                "open: %s, at most: %s"
                        .formatted(
                                sessions.path("readWriteOpen").asText(),
                                sessions.path("readWriteMax").asText()));
        token.path("mechanisms").forEach(this::mechanism);
        line("clock", token.path("clock").asText("none"));
    }

    private void mechanism(JsonNode asked) {
        line(
                "for " + asked.path("algorithm").asText(),
                asked.path("mechanism").asText() + (asked.path("offered").asBoolean() ? " offered" : " NOT OFFERED"));
    }

    private static String joined(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(" "));
    }

    /** Texts of a device may hold anything, and go to a terminal. */
    private void line(String name, String value) {
        lines.add("%-20s %s".formatted(name, value.replaceAll("\\p{Cntrl}", "?")));
    }
}
