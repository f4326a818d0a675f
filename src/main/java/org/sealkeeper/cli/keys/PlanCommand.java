package org.sealkeeper.cli.keys;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.RequestOptions;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.keys.planning.Plan;
import org.sealkeeper.keys.provisioning.KeysFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the difference between what is declared and what the tokens have. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Show what 'keys apply' and other commands would have to do, and every drift: each object of each token is",
            "compared with what the store says of it, attribute by attribute. Changes nothing in the tokens or the store.",
            "May run beside a running appliance: it logs in with the user PIN of each token, as 'keys apply' does, and is",
            "refused while a command that changes keys is running.",
            "With --request it also writes all of it into a request, which 'sealkeeper apply' carries out exactly, or not at all."
        },
        footer = {
            "",
            "Of each declared key: nothing (it is there), create, finish (an interrupted run had begun it), rotate (its tokens or",
            "its version changed, or its cryptoperiod ended), activate, deactivate, certify (it wants a certificate of an authority),",
            "destroy. A key that is not declared any more is listed as keep: it stays and works as before; nothing is destroyed.",
            "Of recipients: enroll, retire; of officers: change.",
            "Drift, of an object: differs (in this attribute), missing (all of a key), unpaired (a part of it), surplus (several",
            "where one is to be), orphan (an interrupted run left it), unknown (it belongs to nothing that the store knows).",
            "",
            "With --json one object a line: {\"step\", \"name\", \"tokens\", \"advice\"} for each key, {\"drift\", \"token\", \"object\"}",
            "for each drift, with {\"attribute\", \"expected\", \"found\"} where it differs, and {\"outcome\", \"changes\", \"drifts\", \"officers\"} last.",
            "",
            "Exit codes: 0 nothing to do, 2 wrong usage or configuration, 3 a token or the store failed, 6 changes are to be",
            "made, 7 drift (there may be changes, too).",
            "",
            "Example:",
            "  sealkeeper plan --config appliance.yaml -f hsm-config/keys.yaml",
            "  sealkeeper plan --config appliance.yaml -f hsm-config/keys.yaml --request requests/"
        })
public final class PlanCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The declared keys.")
    Path file;

    @Mixin
    RequestOptions request;

    @Option(names = "--json", description = "Print one JSON object a line.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        var appliance = config.read();
        KeysFile declared = KeysFile.read(file);
        Plan plan;
        boolean hasOfficers;
        try (var administration = KeyAdministration.open(appliance)) {
            plan = plan(declared, administration);
            hasOfficers = administration.ceremonies().officers().isPresent();
            if (request.isAsked() && !plan.asked().isEmpty()) {
                request.write(appliance, administration, plan.asked(), json);
            }
        }
        print(new PlanText(plan, hasOfficers));
        return switch (plan.outcome()) {
            case NOTHING -> ExitCode.OK;
            case CHANGES -> ExitCode.CHANGES;
            case DRIFT -> ExitCode.DRIFT;
        };
    }

    private static Plan plan(KeysFile declared, KeyAdministration administration) {
        try (Tokens tokens = administration.tokens()) {
            return administration.plan(declared, tokens);
        }
    }

    private void print(PlanText text) {
        PrintWriter out = spec.commandLine().getOut();
        (json ? text.json() : text.lines()).forEach(out::println);
        out.flush();
    }
}
