package org.sealkeeper.cli.policy;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares a policy's decisions with a table of expected ones. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Compare a policy's decisions with a table of expected ones.",
            "Each case has operation, expect (allowed or denied), and caller or issuer; it",
            "may have subject, claims, chain, key, purpose, height, recipient, at (a time)",
            "and rule (the rule that must decide)."
        },
        footer = {
            "",
            "Exit codes: 0 every decision is as expected, 1 one is not, 2 wrong usage or an invalid file.",
            "",
            "Example:",
            "  sealkeeper policy test -f policy.yaml cases.yaml"
        })
final class PolicyTestCommand implements Callable<Integer> {
    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The policy.")
    Path file;

    @Parameters(paramLabel = "CASES", description = "The expected decisions.")
    Path cases;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Policy policy = Policy.load(file, KnownNames.ANY);
        List<PolicyCases.Case> expected = new PolicyCases(Instant.now()).read(cases);
        List<String> failures = expected.stream()
                .filter(one -> !isAsExpected(one, policy.decide(one.request())))
                .map(one -> failure(one, policy.decide(one.request())))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(expected.size(), failures));
        } else {
            failures.forEach(out::println);
            out.println("cases: " + expected.size() + ", failed: " + failures.size());
        }
        return failures.isEmpty() ? ExitCode.OK : ExitCode.INVALID;
    }

    private static boolean isAsExpected(PolicyCases.Case expected, Verdict verdict) {
        return verdict.isAllowed() == expected.isAllowed()
                && expected.rule().map(verdict.rule()::equals).orElse(true);
    }

    private static String failure(PolicyCases.Case expected, Verdict verdict) {
        return expected.place() + ": " + VerdictText.of(expected.request()) + ": expected "
                + (expected.isAllowed() ? "allowed" : "denied")
                + expected.rule().map(rule -> " by " + rule).orElse("")
                + ", found " + VerdictText.of(verdict);
    }

    private static String json(long cases, List<String> failures) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("passed", failures.isEmpty());
        members.put("cases", cases);
        members.put("failures", failures);
        return JsonResult.of(members);
    }
}
