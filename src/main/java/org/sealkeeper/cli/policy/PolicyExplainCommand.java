package org.sealkeeper.cli.policy;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.policy.Explanation;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.policy.PolicyRequest;
import org.sealkeeper.policy.Purpose;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells whether a policy allows something, by which rule, and why the others do not apply. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Tell whether a policy allows something, and by which rule.",
            "Says of every rule about the operation why it does not apply. Denials come",
            "first; the first rule that matches decides."
        },
        footer = {
            "",
            "Exit codes: 0 allowed, 1 denied, 2 wrong usage or an invalid policy.",
            "",
            "Example:",
            "  sealkeeper policy explain -f policy.yaml \\",
            "      --caller urn:sealkeeper:node:node-b --operation sign-block --chain lab-a"
        })
final class PolicyExplainCommand implements Callable<Integer> {
    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The policy.")
    Path file;

    @Mixin
    CallerOptions caller;

    @Option(names = "--operation", required = true, paramLabel = "NAME", description = "Such as sign-block.")
    PolicyOperation operation;

    @Option(names = "--chain", paramLabel = "NAME", description = "For an operation on chains.")
    Optional<ChainName> chain = Optional.empty();

    @Mixin
    CeilingOption ceilings;

    @Option(names = "--key", paramLabel = "ALIAS", description = "For an operation on keys.")
    Optional<KeyAlias> key = Optional.empty();

    @Option(names = "--purpose", paramLabel = "CODE", description = "The purpose of use, such as TREAT.")
    Optional<Purpose> purpose = Optional.empty();

    @Option(names = "--height", paramLabel = "HEIGHT", description = "Of the block.")
    Optional<Height> height = Optional.empty();

    @Option(names = "--recipient", paramLabel = "NAME", description = "Of the data key.")
    Optional<RecipientName> recipient = Optional.empty();

    @Option(names = "--at", paramLabel = "TIME", description = "Such as 2026-01-31T08:00:00Z. Default: now.")
    Optional<Instant> at = Optional.empty();

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Explanation explanation = Policy.load(file, KnownNames.ANY).explain(request());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(explanation, chain.flatMap(ceilings::of)));
        } else {
            print(explanation, out);
            chain.flatMap(ceilings::of)
                    .ifPresent(ceiling -> out.println("ceiling of chain " + chain.orElseThrow() + ": " + ceiling
                            + "; nothing above it is signed, whatever the policy allows"));
        }
        return explanation.verdict().isAllowed() ? ExitCode.OK : ExitCode.INVALID;
    }

    private PolicyRequest request() {
        try {
            return new PolicyRequest(
                    caller.identity(),
                    operation,
                    chain,
                    key,
                    purpose,
                    height.map(block -> OptionalLong.of(block.value())).orElse(OptionalLong.empty()),
                    recipient.map(RecipientName::value),
                    at.orElseGet(Instant::now));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(String.valueOf(e.getMessage()), e);
        }
    }

    private static void print(Explanation explanation, PrintWriter out) {
        out.println(VerdictText.of(explanation.verdict()));
        List<String> roles = explanation.roles();
        out.println("roles of the caller: " + (roles.isEmpty() ? "none" : String.join(", ", roles)));
        VerdictText.lines(explanation).forEach(out::println);
    }

    private static String json(Explanation explanation, Optional<Height> ceiling) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("allowed", explanation.verdict().isAllowed());
        members.put("rule", explanation.verdict().rule());
        members.put("roles", explanation.roles());
        members.put("rules", VerdictText.lines(explanation));
        ceiling.ifPresent(height -> members.put("ceiling", height.value()));
        return JsonResult.of(members);
    }
}
