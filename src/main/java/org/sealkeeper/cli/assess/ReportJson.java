package org.sealkeeper.cli.assess;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sealkeeper.assessment.Finding;
import org.sealkeeper.assessment.Outcome.OutOfSight;
import org.sealkeeper.assessment.Outcome.Right;
import org.sealkeeper.assessment.Outcome.Unchecked;
import org.sealkeeper.assessment.Outcome.Weak;
import org.sealkeeper.assessment.Report;
import org.sealkeeper.assessment.Severity;
import org.sealkeeper.verify.CanonicalJson;
import org.sealkeeper.verify.Digests;

/** A report for scripts, whose shape docs/operations/assess.md describes: one line of canonical JSON (RFC 8785). */
final class ReportJson {
    private ReportJson() {}

    /** The line, with its line end. */
    static String line(Report report) {
        var members = new LinkedHashMap<String, Object>();
        members.put("assessment", 1L);
        members.put("time", report.at().toString());
        members.put("version", report.version());
        members.put("counts", counts(report));
        members.put(
                "findings", report.findings().stream().map(ReportJson::finding).toList());
        members.put("components", report.components());
        return new String(CanonicalJson.bytes(members), UTF_8) + "\n";
    }

    /** The SHA-256 of the line, in lowercase hex: that of a file which it was written into. */
    static String digest(Report report) {
        return Digests.sha256(line(report).getBytes(UTF_8));
    }

    private static Map<String, Object> counts(Report report) {
        var counts = new LinkedHashMap<String, Object>();
        for (Severity severity : Severity.values()) {
            counts.put(severity.text(), report.weak(severity));
        }
        counts.put("unchecked", report.unchecked());
        counts.put("outOfSight", report.outOfSight());
        counts.put("right", report.right());
        return counts;
    }

    private static Map<String, Object> finding(Finding finding) {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", finding.id());
        members.put("about", finding.about());
        members.put("safeguard", finding.touches().clause());
        switch (finding.outcome()) {
            case Weak(var severity, var expected, var found, var remedy) -> {
                members.put("status", "weak");
                members.put("severity", severity.text());
                members.put("expected", expected);
                members.put("found", found);
                members.put("remedy", remedy);
            }
            case Right(var found) -> {
                members.put("status", "right");
                members.put("found", found);
            }
            case Unchecked(var why) -> {
                members.put("status", "unchecked");
                members.put("why", why);
            }
            case OutOfSight(var why, var ask) -> {
                members.put("status", "out-of-sight");
                members.put("why", why);
                members.put("ask", ask);
            }
        }
        return members;
    }
}
