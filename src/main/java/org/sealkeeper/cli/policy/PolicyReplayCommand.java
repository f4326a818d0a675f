package org.sealkeeper.cli.policy;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.cli.console.LeafIndex;
import org.sealkeeper.gate.DecisionReplay;
import org.sealkeeper.policy.Verdict;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a recorded decision again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Make a decision of the audit log again, with the version of the policy that made it.",
            "The store keeps every version that was ever in force. Needs the store, not the token, and no running appliance."
        },
        footer = {
            "",
            "Exit codes: 0 the same decision, 1 another one, 2 there is nothing to be made again, 3 the store failed.",
            "",
            "Example:",
            "  sealkeeper policy replay --leaf 12"
        })
final class PolicyReplayCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--leaf", required = true, paramLabel = "INDEX", description = "The leaf that records it.")
    LeafIndex leaf;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        try (Store store = Store.open(config.read().store())) {
            DecisionReplay decision = DecisionReplay.of(store, leaf.value());
            spec.commandLine().getOut().println(json ? json(decision) : text(decision));
            return decision.agrees() ? ExitCode.OK : ExitCode.INVALID;
        }
    }

    private String text(DecisionReplay decision) {
        String made = "leaf " + leaf + ": " + named(decision.recorded()) + ", under policy " + decision.policy();
        return decision.agrees()
                ? made + "; it decides the same again"
                : made + "; made again, it is " + named(decision.repeated()) + ": the leaf and the policy disagree";
    }

    private String json(DecisionReplay decision) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("leaf", leaf.value());
        members.put("agrees", decision.agrees());
        members.put("policy", decision.policy());
        members.put("recorded", named(decision.recorded()));
        members.put("repeated", named(decision.repeated()));
        return JsonResult.of(members);
    }

    private static String named(Verdict verdict) {
        return (verdict.isAllowed() ? "allowed" : "denied") + " by " + verdict.rule();
    }
}
