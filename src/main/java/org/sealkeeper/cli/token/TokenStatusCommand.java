package org.sealkeeper.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.connection.ManagementPort;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.TokenDescription;
import org.sealkeeper.hsm.TokenProfile;
import org.sealkeeper.hsm.TokenReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what the token is like. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Show what the token is like: state, reason, sessions, flags, firmware, mechanisms, clock.",
            "Asks the running appliance at the management address of its file. Where nothing listens there, it asks the token itself, "
                    + "without a login."
        },
        footer = {
            "",
            "Exit codes: 0 ready, or found where no appliance uses it, 2 wrong usage or",
            "configuration, 3 not ready, or the token failed.",
            "",
            "Example:",
            "  sealkeeper token status --config appliance.yaml"
        })
final class TokenStatusCommand implements Callable<Integer> {
    private static final String PATH = "/q/token";
    /** For the appliance to tell that the token did not answer within its deadline. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Mixin
    ConfigOption config;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        TokenProfile profile = TokenProfile.read(appliance.token().profile());
        String label = appliance.token().label();
        JsonNode report = new ManagementPort(appliance.management())
                .get(PATH, profile.deadline().plus(PATIENCE))
                .map(answer -> requireOf(label, answer))
                .orElseGet(() -> new ObjectMapper()
                        .valueToTree(TokenReport.notInUse(label, TokenDescription.find(profile, label))));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report);
        } else {
            TokenStatusText.of(report).forEach(out::println);
        }
        return report.path("ready").asBoolean(true) ? ExitCode.OK : ExitCode.FAULT;
    }

    /** Two appliances of one machine may have the same management address in their files. */
    private static JsonNode requireOf(String label, JsonNode report) {
        JsonNode found = report.path("label");
        if (!found.asText().equals(label)) {
            throw new ConfigurationFault("expected the appliance of the token '" + label
                    + "' at the management address, found "
                    + (found.isTextual() ? "that of '" + found.asText() + "'" : "something else")
                    + "; correct 'management', or --config");
        }
        return report;
    }
}
