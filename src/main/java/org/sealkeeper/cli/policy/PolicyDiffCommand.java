package org.sealkeeper.cli.policy;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.PolicyComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells which decisions change from one policy to another. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Tell which decisions change from one policy to another.",
            "Asks both for every caller, operation, chain, key and purpose that either",
            "names, for an example of every prefix and for a stranger; at one time, without",
            "height and recipient. A condition may still hide a change."
        },
        footer = {
            "",
            "Exit codes: 0 no decision changes, 1 some do, 2 wrong usage, an invalid policy, or too many combinations.",
            "",
            "Example:",
            "  sealkeeper policy diff policy.yaml policy-new.yaml"
        })
final class PolicyDiffCommand implements Callable<Integer> {
    private static final long MAX_REQUESTS = 2_000_000;

    @Parameters(index = "0", paramLabel = "OLD", description = "The policy in force.")
    Path before;

    @Parameters(index = "1", paramLabel = "NEW", description = "The policy to come.")
    Path after;

    @Option(names = "--at", paramLabel = "TIME", description = "Such as 2026-01-31T08:00:00Z. Default: now.")
    Optional<Instant> at = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object a line.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        var comparison = new PolicyComparison(
                Policy.load(before, KnownNames.ANY), Policy.load(after, KnownNames.ANY), at.orElseGet(Instant::now));
        if (comparison.size() > MAX_REQUESTS) {
            throw new ConfigurationFault(
                    "expected at most " + MAX_REQUESTS + " combinations of what the policies name, found "
                            + comparison.size() + "; compare them with 'policy test' and a table of your own");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<PolicyComparison.Change> changes = comparison.changes().toList();
        changes.forEach(change -> out.println(json ? json(change) : text(change)));
        if (!json) {
            out.println("decisions asked: " + comparison.size() + ", changed: " + changes.size());
        }
        return changes.isEmpty() ? ExitCode.OK : ExitCode.INVALID;
    }

    private static String text(PolicyComparison.Change change) {
        return VerdictText.of(change.request()) + ": " + VerdictText.of(change.before()) + ", then "
                + VerdictText.of(change.after());
    }

    private static String json(PolicyComparison.Change change) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("request", VerdictText.of(change.request()));
        members.put("before", VerdictText.word(change.before()));
        members.put("beforeRule", change.before().rule());
        members.put("after", VerdictText.word(change.after()));
        members.put("afterRule", change.after().rule());
        return JsonResult.of(members);
    }
}
