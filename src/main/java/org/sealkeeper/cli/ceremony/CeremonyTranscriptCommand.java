package org.sealkeeper.cli.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.ceremony.CeremonyRecords;
import org.sealkeeper.ceremony.CeremonyRow;
import org.sealkeeper.ceremony.Officers;
import org.sealkeeper.ceremony.Transcript;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.OutputFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.mirror.FolderSource;
import org.sealkeeper.mirror.LeafProof;
import org.sealkeeper.mirror.LogFile;
import org.sealkeeper.mirror.LogSource;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what proves what was done in a ceremony. */
@Command(
        name = "transcript",
        mixinStandardHelpOptions = true,
        description = {
            "Write the transcript of an executed request into one file: the request, its approvals, what was done, the tokens and",
            "public keys after it, and the proof that it is in the audit log. The log is a folder that 'audit fetch' wrote since."
        },
        footer = {
            "",
            "Exit codes: 0 written, 2 wrong usage or configuration, or the log does not reach so far, 3 the store failed.",
            "",
            "Example:",
            "  sealkeeper ceremony transcript 5f0c4e9aa2b13d77 --log mirror --out ceremony.json --config appliance.yaml"
        })
final class CeremonyTranscriptCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Parameters(paramLabel = "DIGEST", description = "The digest of the request, or how it begins.")
    String digest;

    @Option(
            names = "--log",
            required = true,
            paramLabel = "FOLDER",
            description = "The audit log, as 'audit fetch' wrote it.")
    Path log;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the transcript goes.")
    OutputFile out;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        try (Store store = Store.open(config.read().store());
                LogSource source = new FolderSource(log)) {
            var records = new CeremonyRecords(store);
            CeremonyRow row = row(records);
            out.write(transcript(row, records, source).bytes());
            spec.commandLine()
                    .getOut()
                    .println("Transcript of the request " + row.request().digest() + " in " + out);
        }
        return ExitCode.OK;
    }

    private CeremonyRow row(CeremonyRecords records) {
        List<CeremonyRow> known = records.all().stream()
                .filter(row -> row.request().digest().startsWith(digest)
                        && row.result().isPresent())
                .toList();
        if (known.size() != 1) {
            throw new ConfigurationFault("expected the digest of one request that was executed, found " + known.size()
                    + " that begin with '" + digest + "'; 'sealkeeper ceremony list' shows them");
        }
        return known.getFirst();
    }

    private static Transcript transcript(CeremonyRow row, CeremonyRecords records, LogSource source) {
        return new Transcript(
                row.request(),
                row.approvals(),
                row.request().officers().flatMap(records::officers).map(Officers::text),
                row.revocations(),
                row.result().orElseThrow(),
                proven(source, row.begunLeaf()),
                proven(source, row.endedLeaf().orElseThrow()));
    }

    private static ProvenLeaf proven(LogSource source, long index) {
        Note checkpoint = CheckpointJudge.unjudged(LogFile.CHECKPOINT.path(), source.read(LogFile.CHECKPOINT));
        if (index >= Checkpoint.parse(checkpoint.text()).size()) {
            throw new ConfigurationFault("expected a log with the leaf " + index
                    + "; start the appliance, which signs a checkpoint, and run 'sealkeeper audit fetch' again");
        }
        LeafProof leaf = LeafProof.of(source, checkpoint, index);
        return new ProvenLeaf(new String(leaf.entry(), UTF_8), leaf.proof().toString());
    }
}
