package org.sealkeeper.cli.audit;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.connection.LogUrl;
import org.sealkeeper.cli.connection.ServerOptions;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.cli.console.LeafProgress;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.mirror.Fetch;
import org.sealkeeper.mirror.FetchOutcome;
import org.sealkeeper.mirror.FolderSource;
import org.sealkeeper.mirror.LogSource;
import org.sealkeeper.mirror.Mirror;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings an auditor's copy of a log up to date. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "sealkeeper audit fetch [--json] --url=URL --out=FOLDER",
            "           (--vkeys=FILE [--policy=FILE] | --policy=FILE)",
            "           [--cert=FILE --key=FILE] [--ca=FILE]"
        },
        description = {
            "Copy a log into a folder, or bring the copy up to date.",
            "Downloads what is missing alone, and takes it only if the server's log is the copied one, grown.",
            "May be interrupted at any moment: run it again. Any web server can serve the folder."
        },
        footer = {
            "",
            "Exit codes: 0 up to date, 1 the server's log is invalid or not the copied one, 2 wrong usage or unreadable input, 3 the network or the disk failed.",
            "",
            "Example:",
            "  sealkeeper audit fetch --url https://host:8443/v1/audit/ --out mirror \\",
            "      --vkeys vkeys.txt --cert auditor.pem --key auditor.key --ca ca.pem"
        })
final class AuditFetchCommand implements Callable<Integer> {
    @Option(names = "--url", required = true, paramLabel = "URL", description = "The URL below which the log is.")
    LogUrl url;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "The folder of the copy.")
    Path folder;

    @ArgGroup(exclusive = false, multiplicity = "1")
    TrustOptions trust;

    @Mixin
    ServerOptions server;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return switch (fetch()) {
            case FetchOutcome.Fetched fetched -> {
                out.println(json ? json(fetched) : text(fetched));
                yield ExitCode.OK;
            }
            case FetchOutcome.Rejected(String reason) -> {
                out.println(json ? json(reason) : text(reason));
                yield ExitCode.INVALID;
            }
        };
    }

    private FetchOutcome fetch() {
        var judge = trust.judge();
        try (LogSource source = server.open(url)) {
            var progress = new LeafProgress(spec.commandLine().getErr(), System::nanoTime);
            return new Fetch(judge, source, new Mirror(folder), progress).run();
        }
    }

    private String text(FetchOutcome.Fetched fetched) {
        Checkpoint checkpoint = fetched.checkpoint().checkpoint();
        return "%s: %d leaves, %d of them new; %d files, %d KiB downloaded; root %s"
                .formatted(
                        folder,
                        checkpoint.size(),
                        checkpoint.size() - fetched.oldSize(),
                        fetched.files(),
                        fetched.bytes() >> 10,
                        checkpoint.root());
    }

    private String text(String reason) {
        return reason + "; the copy is as it was, and " + folder.resolve(FolderSource.REJECTED)
                + " is the evidence: invalid";
    }

    private static String json(FetchOutcome.Fetched fetched) {
        Checkpoint checkpoint = fetched.checkpoint().checkpoint();
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("valid", true);
        members.put("origin", checkpoint.origin());
        members.put("size", checkpoint.size());
        members.put("root", checkpoint.root());
        members.put("oldSize", fetched.oldSize());
        members.put("files", fetched.files());
        members.put("bytes", fetched.bytes());
        return JsonResult.of(members);
    }

    private String json(String reason) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("valid", false);
        members.put("reason", reason);
        members.put("evidence", folder.resolve(FolderSource.REJECTED));
        return JsonResult.of(members);
    }
}
