package org.sealkeeper.cli.ceremony;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a transcript for people. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Print a transcript for the binder, as text or as HTML. It judges nothing: 'ceremony verify' does.",
        footer = {
            "",
            "Exit codes: 0 printed, 2 wrong usage or unreadable input.",
            "",
            "Example:",
            "  sealkeeper ceremony report ceremony.json --html > ceremony.html"
        })
final class CeremonyReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The transcript.")
    Path file;

    @Option(names = "--html", description = "Print HTML.")
    boolean html;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        var text = new TranscriptText(CeremonyFiles.transcript(file));
        if (html) {
            out.println("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Ceremony</title>");
            text.lines().forEach(line -> out.println("<p style=\"white-space: pre-wrap\">" + escaped(line) + "</p>"));
            out.println("</html>");
        } else {
            text.lines().forEach(out::println);
        }
        return ExitCode.OK;
    }

    /** Names and subjects of certificates are chosen by others. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
