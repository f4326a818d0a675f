package org.sealkeeper.cli.token;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.RequestOptions;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.provisioning.Change;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets an appliance go on without a token that is lost for good. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = {
            "Go on without a token that is lost for good. Its keys sign no more, what they signed stays valid, and it may be",
            "taken out of the appliance's file. Stop the appliance first.",
            "",
            "Where the appliance does not start because the lost token alone may know what was signed last, the others are told",
            "to go on without it. Be sure then that the store is the newest one, and no backup: what was signed since they last",
            "remembered is remembered by nothing else. The audit log records it."
        },
        footer = {
            "",
            "Exit codes: 0 forgotten, 2 refused (nothing was changed), 3 a token or the store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper token forget --config appliance.yaml --label lab-2"
        })
final class TokenForgetCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--label", required = true, paramLabel = "LABEL", description = "The token that is lost.")
    TokenLabel label;

    @Mixin
    RequestOptions request;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        var _ = DeclaredToken.of(appliance, Optional.of(label));
        if (appliance.tokens().size() == 1) {
            throw new ConfigurationFault("expected another token beside '" + label
                    + "', found none: without any, nothing remembers what was signed");
        }
        var change = new Change.ForgetToken(label);
        try (var administration = KeyAdministration.open(appliance)) {
            if (request.isAsked()) {
                request.write(appliance, administration.without(List.of(label)), List.of(change), json);
            } else {
                administration.forget(change);
                print();
            }
        }
        return ExitCode.OK;
    }

    private void print() {
        var members = new LinkedHashMap<String, Object>();
        members.put("label", label.value());
        members.put("outcome", "forgotten");
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? JsonResult.of(members)
                                : "token '" + label + "': forgotten; the others remember without it");
    }
}
