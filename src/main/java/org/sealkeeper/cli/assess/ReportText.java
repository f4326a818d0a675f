package org.sealkeeper.cli.assess;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sealkeeper.assessment.Finding;
import org.sealkeeper.assessment.Outcome;
import org.sealkeeper.assessment.Report;

/**
 * A report for a terminal or a mail, the gravest first.
 *
 * @param isColoured whether it may have the colours of a terminal
 */
record ReportText(boolean isColoured) {
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";

    List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add("Assessment of " + report.at() + ", " + report.version());
        lines.add("");
        for (Finding finding : report.findings()) {
            if (finding.outcome() instanceof Outcome.Right(var found)) {
                lines.add(printable("right         %s, %s: %s".formatted(finding.id(), finding.about(), found)));
            } else {
                lines.add(heading(finding));
                ReportWords.members(finding)
                        .forEach((name, text) -> lines.add(printable("  %-10s  %s".formatted(name, text))));
                lines.add("");
            }
        }
        lines.add("");
        lines.add("%s; libraries: %d (--json and --bom list them)"
                .formatted(ReportWords.counts(report), report.components().size()));
        return lines;
    }

    private String heading(Finding finding) {
        String status = "%-12s".formatted(ReportWords.status(finding).toUpperCase(Locale.ROOT));
        String about = "  " + printable(finding.id() + ", " + finding.about());
        String colour = switch (finding.outcome()) {
            case Outcome.Weak weak ->
                switch (weak.severity()) {
                    case HIGH -> RED;
                    case MEDIUM -> YELLOW;
                    case LOW -> "";
                };
            case Outcome.Unchecked _ -> RED;
            case Outcome.Right _, Outcome.OutOfSight _ -> "";
        };
        return isColoured && !colour.isEmpty() ? colour + status + PLAIN + about : status + about;
    }

    /** A name that another party chose cannot move the cursor of a terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{C}", "?");
    }
}
