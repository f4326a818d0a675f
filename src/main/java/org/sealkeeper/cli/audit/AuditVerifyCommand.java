package org.sealkeeper.cli.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.cli.console.LeafProgress;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.mirror.BlockCheck;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.mirror.FolderSource;
import org.sealkeeper.mirror.InvalidLog;
import org.sealkeeper.mirror.LogSource;
import org.sealkeeper.mirror.LogVerdict;
import org.sealkeeper.mirror.LogVerifier;
import org.sealkeeper.mirror.Mirror;
import org.sealkeeper.mirror.SignedCheckpoint;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges a whole log as an auditor does: with the keys of the log alone. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "sealkeeper audit verify [--json] (--vkeys=FILE [--policy=FILE] | --policy=FILE)",
            "           [--seen=FILE]",
            "           [--blocks=FILE --keys=FILE[,FILE...] [--chain=NAME]]",
            "           [--cert=FILE --key=FILE] [--ca=FILE] FOLDER|URL"
        },
        description = {
            "Verify a log: every signature, every leaf, every tile, every file, and that it has grown from what it was.",
            "A folder needs no server and no network; a URL is read without keeping a copy.",
            "With --blocks also that every signed block has its leaf, and every leaf of a signed block its block."
        },
        footer = {
            "",
            "Exit codes: 0 valid, 1 invalid, 2 wrong usage or unreadable input, 3 the network or the disk failed,",
            "5 nothing was altered, but some leaves are of a kind that only a newer version can judge.",
            "",
            "Example:",
            "  sealkeeper audit verify --vkeys vkeys.txt \\",
            "      --blocks blocks.ndjson --keys jwks.json mirror"
        })
final class AuditVerifyCommand implements Callable<Integer> {
    @Mixin
    LogOptions log;

    @ArgGroup(exclusive = false, multiplicity = "1")
    TrustOptions trust;

    @Option(
            names = "--seen",
            paramLabel = "FILE",
            description = "The checkpoint found valid last time; written once the log is found valid."
                    + " Default: FOLDER/" + FolderSource.SEEN + "; none for a URL.")
    Optional<Path> seen = Optional.empty();

    @ArgGroup(exclusive = false)
    @Nullable
    BlockExportOptions blocks;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        LogVerdict verdict = verdict(trust.judge());
        var report = new AuditReport(log.name(), verdict);
        spec.commandLine().getOut().println(json ? report.json() : report.text());
        return switch (verdict) {
            case LogVerdict.Valid _ -> ExitCode.OK;
            case LogVerdict.Unknown _ -> ExitCode.UNKNOWN;
            case LogVerdict.Invalid _ -> ExitCode.INVALID;
        };
    }

    private LogVerdict verdict(CheckpointJudge judge) {
        Optional<Path> seenFile = seen.or(() -> log.folder().map(folder -> folder.resolve(FolderSource.SEEN)));
        try (LogSource source = log.open(seen.map(Set::of).orElse(Set.of()))) {
            Optional<SignedCheckpoint> earlier = seenFile.filter(Files::exists).map(file -> remembered(judge, file));
            Optional<BlockCheck> check = Optional.empty();
            if (blocks != null) {
                switch (blocks.read(spec.commandLine().getErr())) {
                    case BlockExportOptions.Read.Blocks(var found) -> check = Optional.of(found);
                    case BlockExportOptions.Read.Wrong(var invalid) -> {
                        return invalid;
                    }
                }
            }
            var progress = new LeafProgress(spec.commandLine().getErr(), System::nanoTime);
            LogVerdict verdict = new LogVerifier(judge, source, progress).verify(earlier, check);
            if (verdict instanceof LogVerdict.Valid(var report)) {
                seenFile.ifPresent(file -> Mirror.remember(file, report.checkpoint()));
            }
            return verdict;
        }
    }

    private static SignedCheckpoint remembered(CheckpointJudge judge, Path file) {
        try {
            return judge.remembered(file.toString(), InputFile.bytes(file, Note.MAX_BYTES));
        } catch (InvalidLog e) {
            throw new ConfigurationFault(e.getMessage() + "; this is your own record, and was changed", e);
        }
    }
}
