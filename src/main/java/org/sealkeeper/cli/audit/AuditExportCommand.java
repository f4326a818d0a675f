package org.sealkeeper.cli.audit;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.fhir.FhirRelease;
import org.sealkeeper.fhir.LoggedLeaf;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.mirror.BlockCheck;
import org.sealkeeper.mirror.InvalidLog;
import org.sealkeeper.mirror.LogSource;
import org.sealkeeper.mirror.VerifiedLeaves;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives out a log in the form of other systems. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "sealkeeper audit export --format=fhir [--fhir-version=RELEASE]",
            "           (--vkeys=FILE [--policy=FILE] | --policy=FILE)",
            "           [--blocks=FILE --keys=FILE[,FILE...] [--chain=NAME]]",
            "           [--cert=FILE --key=FILE] [--ca=FILE] FOLDER|URL"
        },
        description = {
            "Print a log for a FHIR server: an AuditEvent for each leaf, the oldest first, one JSON object a line; with --blocks then a Provenance",
            "with its signature for each block. Each has the same id each time. First all is verified, as 'audit verify' does; what is",
            "not valid is not exported. Needs no appliance, and no token."
        },
        footer = {
            "",
            "Exit codes: 0 exported, 1 the log or the blocks are invalid: what was printed, if anything, counts for nothing, 2 wrong usage or",
            "unreadable input, 3 the network or the disk failed.",
            "",
            "Example:",
            "  sealkeeper audit export --format fhir --vkeys audit.vkeys mirror > audit-events.ndjson"
        })
final class AuditExportCommand implements Callable<Integer> {
    private static final String REFUSED = "nothing is exported: what is not valid proves nothing";

    @Mixin
    LogOptions log;

    @ArgGroup(exclusive = false, multiplicity = "1")
    TrustOptions trust;

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "fhir.")
    Format format;

    @Option(names = "--fhir-version", paramLabel = "RELEASE", description = "R4 or R5. Default: R4.")
    FhirRelease release = FhirRelease.R4;

    @ArgGroup(exclusive = false)
    @Nullable
    BlockExportOptions blocks;

    @Spec
    CommandSpec spec;

    /** The forms there are. */
    enum Format {
        FHIR
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try (LogSource source = log.open(Set.of())) {
            var verified = new VerifiedLog(log.name(), source, trust.judge(), REFUSED);
            return blocks == null
                    ? verified.use(err, Optional.empty(), this::printEvents)
                    : exportBoth(verified, blocks);
        }
    }

    private int exportBoth(VerifiedLog verified, BlockExportOptions signed) {
        PrintWriter err = spec.commandLine().getErr();
        signed.requireFile();
        return switch (signed.read(err)) {
            case BlockExportOptions.Read.Wrong(var invalid) -> verified.refused(err, invalid);
            case BlockExportOptions.Read.Blocks(BlockCheck check) ->
                verified.use(err, Optional.of(check), leaves -> {
                    printEvents(leaves);
                    printProvenance(leaves.checkpoint().origin(), signed);
                });
        };
    }

    /** Verifies them once more while they are printed: another program may write to their file. */
    private void printProvenance(Origin log, BlockExportOptions signed) {
        PrintWriter out = spec.commandLine().getOut();
        var read = signed.read(
                new PrintWriter(Writer.nullWriter()),
                block -> out.println(
                        release.provenance(SignedBlockText.of(log, block)).json()));
        if (read instanceof BlockExportOptions.Read.Wrong(var invalid)) {
            throw new InvalidLog(invalid.where(), invalid.reason());
        }
    }

    private void printEvents(VerifiedLeaves leaves) {
        PrintWriter out = spec.commandLine().getOut();
        Origin origin = leaves.checkpoint().origin();
        leaves.forEach((index, leaf) -> out.println(
                release.auditEvent(LoggedLeaf.of(origin, index, leaf)).json()));
    }
}
