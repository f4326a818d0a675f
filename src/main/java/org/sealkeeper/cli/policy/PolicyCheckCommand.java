package org.sealkeeper.cli.policy;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.PolicyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells every mistake of a policy file. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Check a policy whole, and print every mistake with its file and line.",
            "Without --chains and --keys the names of chains and keys are not checked."
        },
        footer = {
            "",
            "Exit codes: 0 valid (there may be warnings), 1 invalid, 2 wrong usage or unreadable input.",
            "",
            "Example:",
            "  sealkeeper policy check -f policy.yaml --chains chains.yaml --keys keys.yaml"
        })
final class PolicyCheckCommand implements Callable<Integer> {
    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The policy.")
    Path file;

    @Mixin
    KnownNamesOptions known;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return switch (PolicyFile.read(file, known.read())) {
            case PolicyFile.Reading.Valid(Policy policy) -> {
                if (json) {
                    out.println(json(policy));
                } else {
                    policy.warnings().forEach(warning -> out.println("warning: " + warning));
                    out.println(file + ": valid, digest " + policy.digest());
                }
                yield ExitCode.OK;
            }
            case PolicyFile.Reading.Invalid(List<String> mistakes) -> {
                if (json) {
                    out.println(json(mistakes));
                } else {
                    mistakes.forEach(out::println);
                    out.println(file + ": invalid, mistakes: " + mistakes.size());
                }
                yield ExitCode.INVALID;
            }
        };
    }

    private static String json(Policy policy) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("valid", true);
        members.put("digest", policy.digest());
        members.put("warnings", policy.warnings());
        return JsonResult.of(members);
    }

    private static String json(List<String> mistakes) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("valid", false);
        members.put("mistakes", mistakes);
        return JsonResult.of(members);
    }
}
