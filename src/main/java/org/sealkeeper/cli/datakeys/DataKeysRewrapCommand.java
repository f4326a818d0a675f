package org.sealkeeper.cli.datakeys;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.connection.ApplianceOptions;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.sealing.ApplianceClient;
import org.sealkeeper.sealing.RewrapCounts;
import org.sealkeeper.sealing.RewrapRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Moves the wrapped data keys of a file to the newest version of their key-encryption key. */
@Command(
        name = "rewrap",
        mixinStandardHelpOptions = true,
        description = {
            "Move wrapped data keys to the newest version of their key-encryption key, while a rewrap window is open.",
            "FILE has one JSON object a line, with 'wrapped' and 'context'; other members are kept. The output has the same",
            "lines in the same order. May be interrupted at any moment: run it again, and it goes on after the last line",
            "of the output. What cannot be moved keeps its line, and is told on standard error by its number, by every run."
        },
        footer = {
            "",
            "Exit codes: 0 all moved, 1 some were refused, 2 wrong usage or unreadable input, 3 the appliance cannot be asked, or",
            "the disk failed: run it again.",
            "",
            "Example:",
            "  sealkeeper data-keys rewrap keys.ndjson --out keys-v2.ndjson \\",
            "      --url https://host:8443 --cert officer.pem --key officer.key --ca ca.pem"
        })
final class DataKeysRewrapCommand implements Callable<Integer> {
    private static final long INTERVAL_NANOS = 2_000_000_000L;

    @Parameters(paramLabel = "FILE", description = "The wrapped data keys and their contexts, as NDJSON.")
    Path file;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The same lines with what was moved.")
    Path out;

    @Mixin
    ApplianceOptions appliance;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    private long nextReport = System.nanoTime() + INTERVAL_NANOS;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try (ApplianceClient client = appliance.open()) {
            RewrapCounts counts = new RewrapRun(client, file, out)
                    .run(this::report, (line, problem) -> err.println("line " + line + ": " + problem));
            spec.commandLine().getOut().println(json ? json(counts) : text(counts));
            return counts.refused() == 0 ? ExitCode.OK : ExitCode.INVALID;
        }
    }

    private void report(RewrapCounts counts) {
        long now = System.nanoTime();
        if (now - nextReport >= 0) {
            spec.commandLine().getErr().println("… " + text(counts));
            nextReport = now + INTERVAL_NANOS;
        }
    }

    private static String text(RewrapCounts counts) {
        return "%d moved, %d were under the newest version already, %d refused, %d done by an earlier run"
                .formatted(counts.moved(), counts.unchanged(), counts.refused(), counts.earlier());
    }

    private static String json(RewrapCounts counts) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("moved", counts.moved());
        members.put("unchanged", counts.unchanged());
        members.put("refused", counts.refused());
        members.put("earlier", counts.earlier());
        return JsonResult.of(members);
    }
}
