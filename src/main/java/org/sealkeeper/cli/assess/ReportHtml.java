package org.sealkeeper.cli.assess;

import java.util.stream.Collectors;
import org.sealkeeper.assessment.Finding;
import org.sealkeeper.assessment.Report;

/** A report as one page: no script, nothing from elsewhere, legible in light, in the dark and on paper. */
final class ReportHtml {
    private static final String STYLE = """
            :root { color-scheme: light dark; --edge: #8884; --high: #b3261e; --medium: #8a5a00; --quiet: #5f6368; }
            @media (prefers-color-scheme: dark) { :root { --high: #ff8a80; --medium: #ffcc80; --quiet: #a0a4a8; } }
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            article { border: 1px solid var(--edge); border-left-width: .4rem; border-radius: .3rem; margin: 1rem 0; padding: .2rem 1rem; break-inside: avoid; }
            article.high, article.unchecked { border-left-color: var(--high); }
            article.medium { border-left-color: var(--medium); }
            article.right { border-width: 0 0 1px; margin: 0; padding: .2rem 0; }
            h2 { font-size: 1rem; margin: .5rem 0; overflow-wrap: anywhere; }
            article.high h2 b, article.unchecked h2 b { color: var(--high); }
            article.medium h2 b { color: var(--medium); }
            dl { display: grid; grid-template-columns: 6rem 1fr; gap: .1rem 1rem; margin: .5rem 0; }
            dt { color: var(--quiet); }
            dd { margin: 0; overflow-wrap: anywhere; }
            @media print { body { margin: 0; max-width: none; font-size: 10pt; } }
            """;

    private ReportHtml() {}

    static String of(Report report) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <title>Assessment of %1$s</title>
                <style>
                %2$s</style>
                </head>
                <body>
                <h1>Assessment</h1>
                <p>%1$s, %3$s</p>
                <p>%4$s</p>
                <main>
                %5$s
                </main>
                <h2>Libraries</h2>
                <ul>
                %6$s
                </ul>
                <footer><p>SHA-256 of this report as JSON, which --record puts into the audit log: <code>%7$s</code></p></footer>
                </body>
                </html>
                """.formatted(
                        escaped(report.at().toString()),
                        STYLE,
                        escaped(report.version()),
                        ReportWords.counts(report),
                        report.findings().stream().map(ReportHtml::article).collect(Collectors.joining("\n")),
                        report.components().stream()
                                .map(component -> "<li>" + escaped(component) + "</li>")
                                .collect(Collectors.joining("\n")),
                        ReportJson.digest(report));
    }

    private static String article(Finding finding) {
        String status = ReportWords.status(finding);
        String members = ReportWords.members(finding).entrySet().stream()
                .map(member -> "<dt>" + member.getKey() + "</dt><dd>" + escaped(member.getValue()) + "</dd>")
                .collect(Collectors.joining());
        return "<article class=\"%s\"><h2><b>%s</b> %s: %s</h2><dl>%s</dl></article>"
                .formatted(status.replace(' ', '-'), status, escaped(finding.id()), escaped(finding.about()), members);
    }

    /** As text of an element; files and certificates can be named in any way. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replaceAll("\\p{Cntrl}", "\ufffd");
    }
}
