package org.sealkeeper.cli.assess;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.sealkeeper.assessment.Finding;
import org.sealkeeper.assessment.Outcome.OutOfSight;
import org.sealkeeper.assessment.Outcome.Right;
import org.sealkeeper.assessment.Outcome.Unchecked;
import org.sealkeeper.assessment.Outcome.Weak;
import org.sealkeeper.assessment.Report;
import org.sealkeeper.assessment.Severity;

/** What reports for people say, whatever they look like. */
final class ReportWords {
    private ReportWords() {}

    /** How a finding is headed. */
    static String status(Finding finding) {
        return switch (finding.outcome()) {
            case Weak weak -> weak.severity().text();
            case Right _ -> "right";
            case Unchecked _ -> "unchecked";
            case OutOfSight _ -> "out of sight";
        };
    }

    /** What it says, under headings. */
    static SequencedMap<String, String> members(Finding finding) {
        var members = new LinkedHashMap<String, String>();
        switch (finding.outcome()) {
            case Weak weak -> {
                members.put("expected", weak.expected());
                members.put("found", weak.found());
                members.put("remedy", weak.remedy());
            }
            case Right(var found) -> members.put("found", found);
            case Unchecked(var why) -> members.put("why", why);
            case OutOfSight(var why, var ask) -> {
                members.put("why", why);
                members.put("ask", ask);
            }
        }
        members.put(
                "touches", finding.touches().clause() + ", " + finding.touches().title());
        return members;
    }

    /** The sum. */
    static String counts(Report report) {
        return "%d high, %d medium, %d low; %d unchecked, %d out of sight, %d right"
                .formatted(
                        report.weak(Severity.HIGH),
                        report.weak(Severity.MEDIUM),
                        report.weak(Severity.LOW),
                        report.unchecked(),
                        report.outOfSight(),
                        report.right());
    }
}
