package org.sealkeeper.cli.recipients;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.RequestOptions;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.RecipientName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends releases to a recipient. */
@Command(
        name = "retire",
        mixinStandardHelpOptions = true,
        description = {
            "Release nothing more to a recipient, from now on, and destroy the key in every token. Needs the user PINs of",
            "appliance.yaml only. May be interrupted at any moment and run again."
        },
        footer = {
            "",
            "Exit codes: 0 retired, or was before, 2 refused, 3 the token or the store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper recipients retire --config appliance.yaml --name lab-a"
        })
final class RecipientsRetireCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The recipient.")
    RecipientName name;

    @Mixin
    RequestOptions request;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        try (var administration = KeyAdministration.open(appliance)) {
            if (request.isAsked()) {
                request.write(
                        appliance,
                        administration,
                        List.of(administration.recipients().retirement(name)),
                        json);
            } else {
                retire(administration);
            }
        }
        return ExitCode.OK;
    }

    private void retire(KeyAdministration administration) {
        try (Tokens tokens = administration.tokens()) {
            print(administration.recipients().retire(name, tokens) ? "retired" : "unchanged");
        }
    }

    private void print(String outcome) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", name);
        members.put("outcome", outcome);
        spec.commandLine().getOut().println(json ? JsonResult.of(members) : name + ": " + outcome);
    }
}
