package org.sealkeeper.cli.audit;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.cli.console.Count;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.mirror.LeafQuery;
import org.sealkeeper.mirror.LogFile;
import org.sealkeeper.mirror.LogSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds leaves. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "sealkeeper audit search [--json] [--caller=ID] [--subject=NAME]",
            "           [--operation=NAME] [--chain=NAME] [--outcome=NAME]",
            "           [--from=TIME] [--until=TIME] [--limit=N]",
            "           [--cert=FILE --key=FILE] [--ca=FILE] FOLDER|URL"
        },
        description = {
            "Print the leaves that say all that is asked for, the oldest first, one a line.",
            "Believes what it reads: verify the log first."
        },
        footer = {
            "",
            "Exit codes: 0 searched, 1 not a log, 2 wrong usage or unreadable input, 3 the network or the disk failed.",
            "",
            "Example:",
            "  sealkeeper audit search --operation sign-block --outcome refused \\",
            "      --from 2026-01-05T00:00:00Z mirror"
        })
final class AuditSearchCommand implements Callable<Integer> {
    @Mixin
    LogOptions log;

    @Option(names = "--caller", paramLabel = "ID", description = "Whose certificate it was, to the letter.")
    Optional<CallerId> caller = Optional.empty();

    @Option(names = "--subject", paramLabel = "NAME", description = "Whose token it was, to the letter.")
    Optional<String> subject = Optional.empty();

    @Option(names = "--operation", paramLabel = "NAME", description = "What was asked for, such as sign-block.")
    Optional<Operation> operation = Optional.empty();

    @Option(names = "--chain", paramLabel = "NAME", description = "Which chain it was about.")
    Optional<ChainName> chain = Optional.empty();

    @Option(names = "--outcome", paramLabel = "NAME", description = "begun, done, replayed, refused or failed.")
    Optional<Outcome> outcome = Optional.empty();

    @Option(names = "--from", paramLabel = "TIME", description = "Not before, such as 2026-01-05T08:00:00Z.")
    Optional<Instant> from = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Before this time.")
    Optional<Instant> until = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many. Default: all.")
    Optional<Count> limit = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object a line: index and leaf.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        LeafQuery query = query();
        try (LogSource source = log.open(Set.of())) {
            byte[] checkpoint = source.read(LogFile.CHECKPOINT);
            var note = CheckpointJudge.unjudged(LogFile.CHECKPOINT.path(), checkpoint);
            long size = Checkpoint.parse(note.text()).size();
            query.search(
                    source,
                    size,
                    (index, leaf, entry) ->
                            out.println(json ? LeafText.json(index, entry) : LeafText.line(index, leaf)));
        }
        return ExitCode.OK;
    }

    private LeafQuery query() {
        Map<LeafField, String> values = new EnumMap<>(LeafField.class);
        caller.ifPresent(value -> values.put(LeafField.CALLER, value.value()));
        subject.ifPresent(value -> values.put(LeafField.SUBJECT, value));
        chain.ifPresent(value -> values.put(LeafField.CHAIN, value.value()));
        operation.ifPresent(value -> values.put(LeafField.OPERATION, value.text()));
        outcome.ifPresent(value -> values.put(LeafField.OUTCOME, value.text()));
        return new LeafQuery(
                values,
                from,
                until,
                limit.<Long>map(count -> (long) count.value()).orElse(Long.MAX_VALUE));
    }
}
