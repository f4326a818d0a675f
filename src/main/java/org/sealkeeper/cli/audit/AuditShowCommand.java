package org.sealkeeper.cli.audit;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.LeafIndex;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.mirror.LeafProof;
import org.sealkeeper.mirror.LogFile;
import org.sealkeeper.mirror.LogSource;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one leaf, once it is proven to be in the log. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "sealkeeper audit show [--json | --proof] [--vkeys=FILE] [--policy=FILE]",
            "           [--cert=FILE --key=FILE] [--ca=FILE] FOLDER|URL INDEX"
        },
        description = {
            "Show one leaf, after proving that it is in the tree of the log's checkpoint.",
            "Who signed the checkpoint is checked with --vkeys or --policy alone."
        },
        footer = {
            "",
            "Exit codes: 0 shown, 1 invalid, 2 wrong usage or unreadable input, 3 the network or the disk failed.",
            "",
            "Example:",
            "  sealkeeper audit show --vkeys vkeys.txt --proof mirror 17 > leaf-17.tlog-proof"
        })
final class AuditShowCommand implements Callable<Integer> {
    @Mixin
    LogOptions log;

    @Parameters(index = "1", paramLabel = "INDEX", description = "The leaf, counted from 0.")
    LeafIndex index;

    @ArgGroup(exclusive = false)
    @Nullable
    TrustOptions trust;

    @ArgGroup
    Form form = new Form();

    @Spec
    CommandSpec spec;

    /** What is printed; by default, one member of the leaf a line. */
    static final class Form {
        @Option(names = "--json", description = "Print the exact bytes of the leaf, which are JSON.")
        boolean json;

        @Option(names = "--proof", description = "Print its proof (C2SP tlog-proof).")
        boolean proof;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (LogSource source = log.open(Set.of())) {
            LeafProof leaf = LeafProof.of(source, checkpoint(source), index.value());
            if (form.proof) {
                out.print(leaf.proof());
                out.flush();
            } else if (form.json) {
                out.println(new String(leaf.entry(), StandardCharsets.UTF_8));
            } else {
                LeafText.members(leaf.leaf()).forEach(out::println);
            }
            return ExitCode.OK;
        }
    }

    private Note checkpoint(LogSource source) {
        byte[] bytes = source.read(LogFile.CHECKPOINT);
        String path = LogFile.CHECKPOINT.path();
        Note note = trust == null
                ? CheckpointJudge.unjudged(path, bytes)
                : trust.judge().judge(path, bytes).note();
        long size = Checkpoint.parse(note.text()).size();
        if (index.value() >= size) {
            throw new ConfigurationFault(
                    "expected an INDEX from 0 to below the log's size " + size + ", found " + index);
        }
        return note;
    }
}
