package org.sealkeeper.cli.policy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.RequestOptions;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.PolicyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks for a policy. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = {
            "Ask officers to let a policy come into force.",
            "With --request it writes a request that they approve. Once that is executed, put the file where appliance.yaml names it.",
            "Where no officers approve changes, any valid policy comes into force."
        },
        footer = {
            "",
            "Exit codes: 0 requested, 2 refused, or the policy is not valid, 3 a token or the store failed.",
            "",
            "Example:",
            "  sealkeeper policy approve -f new-policy.yaml --config appliance.yaml --request requests/"
        })
final class PolicyApproveCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The policy.")
    Path file;

    @Mixin
    RequestOptions request;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        if (PolicyFile.read(file, KnownNames.ANY) instanceof PolicyFile.Reading.Invalid(List<String> mistakes)) {
            throw new ConfigurationFault(mistakes.getFirst() + "; 'sealkeeper policy check' tells all mistakes");
        }
        var change = new Change.ApprovePolicy(ConfigFile.text(file));
        try (var administration = KeyAdministration.open(appliance)) {
            if (administration.ceremonies().officers().isEmpty()) {
                throw new ConfigurationFault("no officers approve changes: a valid policy comes into force by itself");
            }
            if (request.isAsked()) {
                request.write(appliance, administration, List.of(change), json);
            } else {
                boolean _ = administration.approve(change);
            }
        }
        return ExitCode.OK;
    }
}
