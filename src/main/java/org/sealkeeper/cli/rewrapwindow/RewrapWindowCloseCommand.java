package org.sealkeeper.cli.rewrapwindow;

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
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.provisioning.Change;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends the moving of data keys. */
@Command(
        name = "close",
        mixinStandardHelpOptions = true,
        description = {
            "Let no more data keys move, from now on, destroy the transit key, and prove that it is gone from its tokens.",
            "May be interrupted at any moment and run again."
        },
        footer = {
            "",
            "Exit codes: 0 closed, or was before, 2 refused, 3 the token or the store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper rewrap-window close --config appliance.yaml --alias patient-data"
        })
final class RewrapWindowCloseCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description = "The key-encryption key.")
    KeyAlias alias;

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
                request.write(appliance, administration, List.of(new Change.CloseRewrapWindow(alias)), json);
            } else {
                close(administration);
            }
        }
        return ExitCode.OK;
    }

    private void close(KeyAdministration administration) {
        try (Tokens tokens = administration.tokens()) {
            print(administration.rewrapWindows().close(alias, tokens) ? "closed" : "unchanged");
        }
    }

    private void print(String outcome) {
        var members = new LinkedHashMap<String, Object>();
        members.put("alias", alias);
        members.put("outcome", outcome);
        spec.commandLine().getOut().println(json ? JsonResult.of(members) : alias + ": " + outcome);
    }
}
