package org.sealkeeper.cli.ceremony;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sealkeeper.ceremony.OfficerName;
import org.sealkeeper.ceremony.Transcript;
import org.sealkeeper.ceremony.Verdict;
import org.sealkeeper.cli.audit.ProvenLeaves;
import org.sealkeeper.cli.audit.TrustOptions;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.merkle.TlogProof;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.mirror.InvalidLog;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a transcript, offline. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Judge a transcript offline: the approvals are signed by enough distinct officers of the file in it, over this very",
            "request, with certificates that were good then; and the log, whose keys you have, says when it was begun and ended.",
            "Compare the digest of the officers' file with what your organisation had in force."
        },
        footer = {
            "",
            "Exit codes: 0 valid, 1 invalid, 2 wrong usage or unreadable input.",
            "",
            "Example:",
            "  sealkeeper ceremony verify ceremony.json --vkeys audit.vkeys"
        })
final class CeremonyVerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The transcript.")
    Path file;

    @ArgGroup(exclusive = false, multiplicity = "1")
    TrustOptions trust;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Transcript transcript = CeremonyFiles.transcript(file);
        CheckpointJudge judge = trust.judge();
        return switch (judge(transcript)) {
            case Verdict.Refused(var why) -> tell(transcript, false, why);
            case Verdict.Approved(var by) -> {
                long begun = ProvenLeaves.require(place("begun"), transcript.begun(), judge)
                        .index();
                TlogProof _ = ProvenLeaves.require(place("ended"), transcript.ended(), judge);
                if (!transcript.endsWhatBeganAt(begun)) {
                    throw new InvalidLog(file.toString(), "expected the leaf 'ended' to name the leaf " + begun);
                }
                yield tell(
                        transcript,
                        true,
                        by.isEmpty() ? "no officers approved changes then" : "approved by " + text(by));
            }
        };
    }

    private Verdict judge(Transcript transcript) {
        try {
            return transcript.judge();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": not a transcript: " + e.getMessage(), e);
        }
    }

    private String place(String leaf) {
        return file + ", the leaf '" + leaf + "'";
    }

    private static String text(List<OfficerName> names) {
        return names.stream().map(OfficerName::value).collect(Collectors.joining(", "));
    }

    private int tell(Transcript transcript, boolean isValid, String why) {
        var out = spec.commandLine().getOut();
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("valid", isValid);
            members.put("request", transcript.request().digest());
            transcript.request().officers().ifPresent(digest -> members.put("officers", digest));
            members.put("why", why);
            out.println(JsonResult.of(members));
        } else {
            out.println((isValid ? "VALID" : "INVALID") + ": request "
                    + transcript.request().digest() + ", " + why);
            transcript.request().officers().ifPresent(digest -> out.println("officers' file: SHA-256 " + digest));
        }
        return isValid ? ExitCode.OK : ExitCode.INVALID;
    }
}
